; Functions and groups. Loops and conditions have no node for what stands between their keywords.
(function_definition body: (compound_statement) @body) @block
(compound_statement (compound_statement) @body @block)
