(field_access object: (_) @receiver field: (identifier) @name) @member
(method_invocation object: (_) @receiver name: (identifier) @name) @member
(method_reference . (_) @receiver (identifier) @name .) @member
(scoped_type_identifier . (_) @receiver (type_identifier) @name .) @member

; How it is used.
(method_invocation object: (_)) @call
(assignment_expression left: (field_access) @write operator: "=")
