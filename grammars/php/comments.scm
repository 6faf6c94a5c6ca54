(comment) @comment
((comment) @comment.doc (#match? @comment.doc "^/\\*\\*[^/]"))
