"""Tables drawn with lines, on pages of any form: from lines to cells to rows of text."""
