(block_mapping_pair value: (block_node) @body) @block
(block_sequence_item (block_node) @body) @block
