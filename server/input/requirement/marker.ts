// The beginning of a comment that asks for something to be done: a tag, or a verb with a colon. What follows is what.

export const marker =
  /^(?:(?:TODO|FIXME|XXX|HACK|vouch)\b(?:\([^)]*\))?\s*[:\-–]?|(?:implement|write|add|fix)\s*:)\s*/i;
