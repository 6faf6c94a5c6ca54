; Methods, classes and blocks with a body of their own.
(_ body: [(body_statement) (block_body)] @body) @block
