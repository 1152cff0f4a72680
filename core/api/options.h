#pragma once
// Options are described once: a plain struct with a default beside each field and one visit() that names every field.
// TOML, JSON, command-line flags and dialog rows are all made from that one description.
#include <limits>
#include <string>
#include <vector>

namespace emc {

struct OptionInfo {
    std::string key;   // dotted, stable: "optim.lr"
    std::string label; // for people: "Learning rate"
    std::string help;  // one sentence
    std::string unit;  // "frames", "" when none
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    std::vector<std::string> choices; // for strings: the allowed values; empty = free text
};

class OptionVisitor {
public:
    virtual ~OptionVisitor() = default;
    virtual void group(const std::string& label) { (void)label; } // following options belong to this heading
    virtual void option(const OptionInfo& info, bool& value) = 0;
    virtual void option(const OptionInfo& info, int& value) = 0;
    virtual void option(const OptionInfo& info, double& value) = 0;
    virtual void option(const OptionInfo& info, std::string& value) = 0;
    virtual void option(const OptionInfo& info, std::vector<int>& value) = 0;
};

// A fault of a configuration. All faults are collected and reported together.
struct OptionFault {
    std::string key, problem, hint;
};

} // namespace emc
