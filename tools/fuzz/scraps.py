# ruff: noqa: E501 - lists
"""What texts are spoilt with."""

from __future__ import annotations

#: Characters that are invisible, half, wide, upside down or no characters at all.
CHARACTERS: tuple[str, ...] = (
    "\0", "\x01", "\x0b", "\x0c", "\x1b", "\x1c", "\x7f", "\x85", "\u00a0", "\u00ad", "\u0301", "\u0338",
    "\u034f", "\u061c", "\u0600", "\u180e", "\u2009", "\u200b", "\u200d", "\u200e", "\u202e", "\u2028",
    "\u2029", "\u2060", "\u2066", "\u2069", "\u2212", "\u3000", "\ufe0f", "\ufeff", "\ufffc", "\ufffd",
    "\uffff", "\ue000", "\ud800", "\udbff", "\udc00", "\udfff", "\U0001f469\u200d\U0001f467",
    "\U000e0041", "\U0010ffff", "ß", "İ", "ı", "ǅ", "ﬁ", "ﷺ", "½", "⅓", "²", "₂", "①", "Ⅻ", "㊿", "零", "٣", "௧",
    "%", "‰", "$", "¥", "€", "£", "₿", "°", "℃", "№", "§", "\\", "|", "`", "~", "^", "_", "#", "&", "\r", "\t",
)  # fmt: skip

_DATES = (
    "the 0000s", "the 0010s", "the 9990s", "the 9900s", "the '00s", "the '10s", "the 0th century", "in 0000",
    "the 1st century", "the 30th century", "the 99th century", "the 100th century", "the year 0", "year 1",
    "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "2023-02-30", "2023-13-45", "2024-02-29T25:61",
    "Feb. 29", "Feb. 29, 2023", "February 30", "Dec. 31, 9999", "Jan. 1, 0001", "31/02/2021", "00/00/0000",
    "12/31/99", "99.99.9999", "1.1.0001", "9999/12/31", "24:00", "25:99", "00:00:00", "99:99 a.m.", "2023-W53",
    "Q0", "Q9", "H3", "4Q9999", "1H00", "FY 9999-00", "2023-22", "1999-2000", "2000-1999", "1000-2199",
    "100000 years ago", "9999 years ago", "in 9999 years", "99999999999999 months ago", "999999999 days ago",
    "the past 9999 decades", "the next 9999 centuries", "the last 0 days", "the first 0 months of 2023",
    "the first 999 weeks of May", "half a century ago", "-5 years ago", "two and a half millennia ago",
    "the next 10000 years", "since the 0000s", "until 9999", "by the end of 9999", "before year 1",
    "last century", "next century", "the following decade", "a decade earlier", "the previous week",
    "the same day", "the following year", "the year before", "last Feb. 29", "next Feb. 29",
    "Monday", "last Monday", "winter", "last winter", "the winter of 9999", "the winter of 0001", "Easter 9999",
    "Christmas 0001", "Chinese New Year 9999", "Thanksgiving", "tomorrow", "yesterday", "this weekend",
    "the past hundred years", "from 1 to 9999", "from May to April", "Sept. 31-30", "May 12-12, 2023", "fiscal 9999",
    "the early 9990s", "mid-0000s", "3000 BC", "AD 1", "1e9 years ago", "30 February 2021", "noon", "midnight",
)  # fmt: skip
_NUMBERS = (
    "0", "-0", "00", "007", "1e400", "1e-400", "-1e308", "1E5", "0x1F", "NaN", "Infinity", "-inf", "9" * 20,
    "9" * 320, "9" * 5000, "1" + ",000" * 110, "1," * 50, "1/" * 40, "0." + "0" * 400 + "1", "1.2.3.4",
    "1,2,3,4", "1,23,456", "12,34", "1.000.000,00", "1'000'000", "1 000 000", "27. 60", "2, 936", "5.-", "..5",
    "5..", "1/0", "0/0", "1/2", "3/4/5/6", "½", "1½", "2⅔", "10^6", "10²", "#1", "No. 0", "1st", "0th", "11th",
    "1000000000th", "zero", "one", "a", "hundred", "a hundred hundred", "million million million",
    "one hundred million billion trillion quadrillion", "trillion " * 30, "twenty-twenty-one", "half",
    "half a half", "two and a half and a half", "one-third", "two thirds of a quarter", "dozens", "a dozen",
    "twelve dozen gross", "double", "tripled", "100-fold", "0-fold", "fivefold", "one in five", "0 in 0",
    "one out of zero", "ten times as many", "-5", "minus five", "+5", "±5", "~5", ">5", "<=5", "5+", "5-plus",
    "five to", "5-", "-5-", "5-5", "5-10-15", "10-5", "from 5 to", "between 5 and", "between 10 and 5", "5 to 5",
    "up to 0", "at least", "more than more than 5", "no fewer than 0", "top 0", "top-ten", "ranked 0th",
    "second-largest", "III", "MCMXC", "5K", "5k", "5m", "5bn", "5tn", "5M", "5G", "A4", "F-35", "COVID-19",
    "1" * 400 + "." + "1" * 400, "9.99e307 trillion", "1e309 dollars", "one googol", "1 in 10 to the 400",
)  # fmt: skip
_UNITS = (
    "$5", "$-5", "$ 5 million", "US$", "US$5bn", "$$$5", "5$", "€5", "5€", "£1.5m", "¥", "RMB 5", "5 yuan",
    "5 yuan yuan", "yuan 5 yuan", "5 dollars a dollar", "5 cents", "0 cents", "5 dollars 99 cents", "A$5 (US$4)",
    "5 yuan (0.7 U.S. dollars)", "(5 dollars (4 euros (3 pounds)))", "7.2 yuan to the dollar", "BTC 5", "XXX 5",
    "5 percent", "5%", "%5", "5 %%", "-5%", "5 percentage points", "5 pp", "0.5 of a percentage point",
    "9" * 310 + " percent", "5 percent percent", "50 basis points", "5 per cent per annum per capita",
    "5 km", "5 km/h", "5 km per hour per second", "5 sq km", "5 m²", "5 m^3", "5 °C", "-5 °C", "5 degrees below zero",
    "5 mu (0.33 hectares)", "5 tonnes a tonne", "5 kWh/m2/a", "5-kilometer-long", "25-km", "5 x 5 x 5 m",
    "6 feet 2", "6'2\"", "5 lb 3 oz", "5 hours 61 minutes", "two hours and 90 minutes", "1:23:45", "5 years old",
    "5-year-old", "aged 0", "aged 999", "in his 20s", "a 5-year-old 5-year plan", "5 people", "5 of 5 of 5",
    "each", "every 5 years", "5 every 5 every 5", "30 for every 100", "5 points", "the index at 5,000.55",
)  # fmt: skip
_WORDS = (
    "St. Louis", "U.S.", "Georgia", "Paris, Texas", "Zhili Town, Huzhou City, China", "the Yangtze River Delta",
    "China's China", "New New York York", "Springfield", "Washington", "Jordan", "Chad", "Turkey", "Is. of Man",
    "the province", "the city", "the country", "the two countries", "Łódź", "Córdoba", "São Paulo", "北京", "Москва",
    "القاهرة", "ירושלים", "it", "he", "they", "which", "who", "there", "said", "according to", "reported", "citing",
    "according to according to", "said said said", "will", "may", "not", "never", "if", "unless", "plans to",
    "respectively", "year on year", "compared with", "from a year earlier", "up", "down", "by", "to", "than",
    "(", ")", "((((((((((", "]]]]", "“", "”", '"', "'", "''", "``", "--", "—", "...", ";", ":", "!?!?", "* * *",
    "<b>", "</p>", "<script>alert(1)</script>", "<!--", "&nbsp;", "&#0;", "&#xd800;", "{{x}}", "${x}", "%s%n",
    "# ", "## 5", "- 5", "1. ", "| 5 | 6 |", "|---|---|", "```", "[5](http://5.5/5)", "[1]", "(Photo by 5)",
    "http://example.org/2023/05/05?a=5%25", "www.5.com", "a@5.com", "+1 (555) 555-5555", "555-5555", "5-4-3",
    "x" * 150, "x" * 200, "x" * 3000, "5x" * 400, "-" * 300, "=" * 200, "." * 200, "(" * 200, "5 " * 300,
    "$" * 160, "word, " * 150, "and " * 100, "5, " * 150, "5 and " * 100, "A.B.C." * 40, "’s" * 80, "\u0301" * 200,
    "\u202e5 dollars\u202c", "5\u200b5", "5\u00a0000", "5\u2009000", "5\u202f%", "１２３", "٥٠", "五十", "５％", "1\u20445",
    "SHANGHAI, Nov. 2 (Xinhua) --", "BEIJING, Feb. 30, 0000 (AP) -", "Updated: 0000-00-00", "By Jane Roe",
    "Updated: 9999-12-31 24:00", "Related stories", "References", "Print", "Copyright 2023", "(Editor: 5)",
)  # fmt: skip
#: Words that are put into sentences.
SCRAPS: tuple[str, ...] = (*_DATES, *_NUMBERS, *_UNITS, *_WORDS)
