; inherits: ecmascript

(jsx_text) @string
