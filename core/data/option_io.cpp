#include "core/data/option_io.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <nlohmann/json.hpp>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "core/data/option_value.h"

namespace emc {

namespace {

// Where the numbers come from: a flat map from dotted key to a value that remembers its kind.
using Found = std::map<std::string, OptionValue>;

// Writes found values into the options and collects faults.
class Setter : public OptionVisitor {
public:
    Setter(const Found& found, std::vector<OptionFault>& faults) : m_found(found), m_faults(faults) {}

    void option(const OptionInfo& info, bool& value) override {
        if (const OptionValue* given = take(info)) {
            if (const auto* b = std::get_if<bool>(&given->value)) value = *b;
            else wrongType(info, *given, "true or false");
        }
    }
    void option(const OptionInfo& info, int& value) override {
        const OptionValue* given = take(info);
        if (!given) return;
        const auto* whole = std::get_if<std::int64_t>(&given->value);
        if (!whole) return wrongType(info, *given, "a whole number");
        if (*whole < INT_MIN || *whole > INT_MAX) return outOfRange(info, *given);
        if (inRange(info, static_cast<double>(*whole), *given)) value = static_cast<int>(*whole);
    }
    void option(const OptionInfo& info, double& value) override {
        const OptionValue* given = take(info);
        if (!given) return;
        double number = 0;
        if (const auto* d = std::get_if<double>(&given->value)) number = *d;
        else if (const auto* whole = std::get_if<std::int64_t>(&given->value)) number = static_cast<double>(*whole);
        else return wrongType(info, *given, "a number");
        if (!std::isfinite(number)) return wrongType(info, *given, "a finite number");
        if (inRange(info, number, *given)) value = number;
    }
    void option(const OptionInfo& info, std::string& value) override {
        const OptionValue* given = take(info);
        if (!given) return;
        const auto* text = std::get_if<std::string>(&given->value);
        if (!text) return wrongType(info, *given, "a text in quotes");
        if (info.choices.empty() || std::find(info.choices.begin(), info.choices.end(), *text) != info.choices.end()) {
            value = *text;
            return;
        }
        std::string known;
        for (const std::string& choice : info.choices) known += (known.empty() ? "" : ", ") + choice;
        const std::string near = nearestName(*text, info.choices);
        m_faults.push_back({info.key, "\"" + *text + "\" is not one of " + known,
                            near.empty() ? "" : "Did you mean \"" + near + "\"?"});
    }
    void option(const OptionInfo& info, std::vector<int>& value) override {
        const OptionValue* given = take(info);
        if (!given) return;
        const auto* list = std::get_if<std::vector<std::int64_t>>(&given->value);
        if (!list) return wrongType(info, *given, "a list of whole numbers");
        for (std::int64_t item : *list) {
            if (item < INT_MIN || item > INT_MAX) return outOfRange(info, *given);
            if (!inRange(info, static_cast<double>(item), *given)) return;
        }
        value.assign(list->begin(), list->end());
    }

    void reportUnknown() {
        for (const auto& [key, given] : m_found) {
            if (std::find(m_known.begin(), m_known.end(), key) != m_known.end()) continue;
            const std::string near = nearestName(key, m_known);
            m_faults.push_back({key, "there is no such option" + given.placeText(),
                                near.empty() ? "" : "Did you mean \"" + near + "\"?"});
        }
    }

private:
    const OptionValue* take(const OptionInfo& info) {
        m_known.push_back(info.key);
        const auto found = m_found.find(info.key);
        return found == m_found.end() ? nullptr : &found->second;
    }
    void wrongType(const OptionInfo& info, const OptionValue& given, const std::string& wanted) {
        m_faults.push_back({info.key, wanted + " is expected, not " + given.text() + given.placeText(), {}});
    }
    void outOfRange(const OptionInfo& info, const OptionValue& given) {
        m_faults.push_back({info.key, given.text() + " is out of range" + given.placeText(), rangeText(info)});
    }
    bool inRange(const OptionInfo& info, double number, const OptionValue& given) {
        if (number >= info.min && number <= info.max) return true;
        outOfRange(info, given);
        return false;
    }
    static std::string rangeText(const OptionInfo& info) {
        const std::string unit = info.unit.empty() ? "" : " " + info.unit;
        if (std::isfinite(info.min) && std::isfinite(info.max))
            return "Allowed are " + optionNumber(info.min) + " to " + optionNumber(info.max) + unit + ".";
        if (std::isfinite(info.min)) return "It must be at least " + optionNumber(info.min) + unit + ".";
        if (std::isfinite(info.max)) return "It must be at most " + optionNumber(info.max) + unit + ".";
        return {};
    }

    const Found& m_found;
    std::vector<OptionFault>& m_faults;
    std::vector<std::string> m_known;
};

std::vector<OptionFault> set(const Found& found, const OptionVisit& visit, std::vector<OptionFault> faults = {}) {
    Setter setter(found, faults);
    visit(setter);
    setter.reportUnknown();
    return faults;
}

void flattenToml(const toml::table& table, const std::string& prefix, Found& found) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        if (const toml::table* inner = node.as_table()) {
            flattenToml(*inner, name + ".", found);
            continue;
        }
        OptionValue value;
        value.line = static_cast<int>(node.source().begin.line);
        if (const auto* b = node.as_boolean()) value.value = b->get();
        else if (const auto* i = node.as_integer()) value.value = i->get();
        else if (const auto* d = node.as_floating_point()) value.value = d->get();
        else if (const auto* s = node.as_string()) value.value = s->get();
        else if (const toml::array* list = node.as_array();
                 list && (list->empty() || list->is_homogeneous<std::int64_t>())) {
            std::vector<std::int64_t> items;
            for (const toml::node& item : *list) items.push_back(item.as_integer()->get());
            value.value = items;
        }
        found[name] = value;
    }
}

void flattenJson(const nlohmann::json& object, const std::string& prefix, Found& found, int depth = 0) {
    for (const auto& [key, node] : object.items()) {
        const std::string name = prefix + key;
        if (node.is_object() && depth < 16) {
            flattenJson(node, name + ".", found, depth + 1);
            continue;
        }
        OptionValue value;
        if (node.is_boolean()) value.value = node.get<bool>();
        else if (node.is_number_unsigned() && node.get<std::uint64_t>() > INT64_MAX) value.value = node.get<double>();
        else if (node.is_number_integer()) value.value = node.get<std::int64_t>();
        else if (node.is_number()) value.value = node.get<double>();
        else if (node.is_string()) value.value = node.get<std::string>();
        else if (node.is_array() &&
                 std::all_of(node.begin(), node.end(), [](const auto& item) { return item.is_number_integer(); }))
            value.value = node.get<std::vector<std::int64_t>>();
        found[name] = value;
    }
}

} // namespace

std::vector<OptionFault> readTomlOptions(std::string_view text, const OptionVisit& visit) {
    Found found;
    try {
        flattenToml(toml::parse(text), {}, found);
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        return {{"line " + std::to_string(at.line) + ", column " + std::to_string(at.column),
                 std::string(error.description()),
                 {}}};
    }
    return set(found, visit);
}

std::vector<OptionFault> readJsonOptions(std::string_view text, const OptionVisit& visit) {
    Found found;
    try {
        const nlohmann::json root = nlohmann::json::parse(text);
        if (!root.is_object()) return {{"", "a JSON object of options is expected", {}}};
        flattenJson(root, {}, found);
    } catch (const nlohmann::json::exception& error) {
        return {{"", "this is not JSON: " + std::string(error.what()), {}}};
    }
    return set(found, visit);
}

std::vector<OptionFault> applyOptions(const std::map<std::string, std::string>& values, const OptionVisit& visit) {
    // The kind of each option decides how its text is read: a text option takes "7" as it stands.
    std::map<std::string, OptionRow::Type> kinds;
    for (const OptionRow& row : listOptions(visit)) kinds[row.info.key] = row.type;
    Found found;
    for (const auto& [key, text] : values) {
        const auto kind = kinds.find(key);
        const bool plain = kind != kinds.end() && kind->second == OptionRow::Type::String;
        found[key] = plain ? OptionValue{text} : parseOptionText(text);
    }
    return set(found, visit);
}

void throwOptionFaults(const std::vector<OptionFault>& faults, const std::string& where) {
    if (faults.empty()) return;
    const auto line = [](const OptionFault& fault) {
        return (fault.key.empty() ? "" : fault.key + ": ") + fault.problem;
    };
    if (faults.size() == 1) throw Error(ErrorKind::BadInput, line(faults[0]), where, faults[0].hint);
    std::string problem = std::to_string(faults.size()) + " options are wrong";
    for (const OptionFault& fault : faults)
        problem += "\n  " + line(fault) + (fault.hint.empty() ? "" : ". " + fault.hint);
    throw Error(ErrorKind::BadInput, problem, where);
}

std::string nearestName(std::string_view word, const std::vector<std::string>& known) {
    const auto distance = [](std::string_view a, std::string_view b) {
        std::vector<std::size_t> row(b.size() + 1);
        for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= a.size(); ++i) {
            std::size_t corner = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= b.size(); ++j) {
                const std::size_t above = row[j];
                row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
                corner = above;
            }
        }
        return row.back();
    };
    if (word.size() > 200) return {};
    const auto lastPart = [](std::string_view name) { return name.substr(name.rfind('.') + 1); };
    std::string best;
    std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& name : known) {
        if (name.size() > 200) continue;
        std::size_t d = distance(word, name);
        // "lr" for "optim.lr": a forgotten group is a likely slip.
        if (lastPart(name) == lastPart(word)) d = std::min<std::size_t>(d, 1);
        if (d < bestDistance) bestDistance = d, best = name;
    }
    return best;
}

} // namespace emc
