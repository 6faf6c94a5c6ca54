; inherits: ecmascript

(html_comment) @comment
