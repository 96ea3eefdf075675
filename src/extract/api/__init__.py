"""What `import newsfacts` gives: functions over texts, tables and folders. Import it from `newsfacts`."""
