; inherits: ecmascript

(nested_type_identifier
  module: (_) @receiver
  name: (_) @name) @member
