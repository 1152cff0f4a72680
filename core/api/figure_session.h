#pragma once
// Where a figure says how it was made (JSON): the id of the <metadata> element of an SVG, the key of a PNG's text.

namespace emc {

inline constexpr const char* kSessionTag = "emc-session";

} // namespace emc
