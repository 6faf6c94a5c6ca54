[(line_comment) (block_comment)] @comment
((block_comment) @comment.doc (#match? @comment.doc "^/\\*\\*[^/]"))
((line_comment) @comment.before (#match? @comment.before "^///([^/]|$)"))
