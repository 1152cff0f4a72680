#pragma once
// Options (a struct with visit(OptionVisitor&)) to and from TOML, JSON and a flat list. Readers change only what is
// named, and report every fault at once: unknown keys with the nearest known one, wrong types, values out of range.
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/error.h"
#include "core/api/options.h"

namespace emc {

// `[&](OptionVisitor& v) { options.visit(v); }`
using OptionVisit = std::function<void(OptionVisitor&)>;

std::string
optionsToToml(const OptionVisit& visit); // with labels, units and ranges as comments; every option, defaults too
std::string optionsToJson(const OptionVisit& visit); // one object, nested by the dots of the keys

// Faults are returned; what is right is set all the same. A text that does not parse is one fault with line and column.
std::vector<OptionFault> readTomlOptions(std::string_view toml, const OptionVisit& visit);
std::vector<OptionFault> readJsonOptions(std::string_view json, const OptionVisit& visit);
// key -> value as text ("0.4", "true", "[1, 2]"), for the command line.
std::vector<OptionFault> applyOptions(const std::map<std::string, std::string>& values, const OptionVisit& visit);

struct OptionRow {
    OptionInfo info;
    std::string group;
    enum class Type { Bool, Int, Double, String, IntList } type = Type::String;
    std::string value; // as text
};
std::vector<OptionRow> listOptions(const OptionVisit& visit);

// Does nothing without faults; otherwise one Error(BadInput) that lists all of them.
void throwOptionFaults(const std::vector<OptionFault>& faults, const std::string& where);

// The known word with the smallest edit distance, or "" when none is near (distance above a third of the length, at
// least 2).
std::string nearestName(std::string_view word, const std::vector<std::string>& known);

} // namespace emc
