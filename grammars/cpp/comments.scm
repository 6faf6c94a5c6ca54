; A doc comment begins with two stars or slashes, or with an exclamation mark; one directly above a declaration is one too.
(comment) @comment.before
((comment) @comment.doc (#match? @comment.doc "^/(\\*[*!][^*/]|/[/!][^/])"))
