(comment) @comment
; The XML documentation above a declaration.
((comment) @comment.before (#match? @comment.before "^(///|/\\*\\*)"))
