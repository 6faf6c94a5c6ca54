; inherits: typescript

; The end of an element says nothing new.
(jsx_closing_element name: (member_expression) @ignore)
