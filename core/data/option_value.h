#pragma once
// One value of a configuration before it meets its option. Internal to option_io.
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace emc {

struct OptionValue {
    // monostate: something that no option can be (a date, a mixed list, null).
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::int64_t>> value;
    int line = 0; // in the file; 0 = unknown

    OptionValue() = default;
    explicit OptionValue(std::string text) : value(std::move(text)) {}
    std::string text() const;
    std::string placeText() const { return line > 0 ? " (line " + std::to_string(line) + ")" : std::string(); }
};

std::string optionNumber(double value);               // shortest text that comes back equal
std::string optionFloat(double value);                // the same, always recognisable as a floating number ("1.0")
OptionValue parseOptionText(const std::string& text); // "true", "7", "0.5", "[1, 2]"; anything else is a text

} // namespace emc
