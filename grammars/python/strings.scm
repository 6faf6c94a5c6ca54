(string) @string

(interpolation) @code
