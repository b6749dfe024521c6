"""An Assessment put into words: text, JSON, Markdown, HTML; expectations; one paragraph."""
