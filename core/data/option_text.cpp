#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/data/option_io.h"
#include "core/data/option_value.h"

namespace emc {

namespace {

// TOML's basic string and JSON's string agree on these escapes.
std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string listText(const std::vector<int>& list) {
    std::string text = "[";
    for (std::size_t i = 0; i < list.size(); ++i) text += (i ? ", " : "") + std::to_string(list[i]);
    return text + "]";
}

class Lister : public OptionVisitor {
public:
    std::vector<OptionRow> rows;
    void group(const std::string& label) override { m_group = label; }
    void option(const OptionInfo& info, bool& value) override {
        add(info, OptionRow::Type::Bool, value ? "true" : "false");
    }
    void option(const OptionInfo& info, int& value) override { add(info, OptionRow::Type::Int, std::to_string(value)); }
    void option(const OptionInfo& info, double& value) override {
        add(info, OptionRow::Type::Double, optionNumber(value));
    }
    void option(const OptionInfo& info, std::string& value) override { add(info, OptionRow::Type::String, value); }
    void option(const OptionInfo& info, std::vector<int>& value) override {
        add(info, OptionRow::Type::IntList, listText(value));
    }

private:
    void add(const OptionInfo& info, OptionRow::Type type, std::string value) {
        rows.push_back({info, m_group, type, std::move(value)});
    }
    std::string m_group;
};

// Not strtod: that one follows the locale.
double numberOf(const std::string& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string tomlText(const OptionRow& row) {
    if (row.type == OptionRow::Type::String) return quoted(row.value);
    if (row.type == OptionRow::Type::Double) return optionFloat(numberOf(row.value));
    return row.value;
}

std::string comment(const OptionInfo& info) {
    std::string text = info.label;
    if (!info.help.empty()) text += (text.empty() ? "" : ": ") + info.help;
    std::string range;
    if (!info.choices.empty())
        for (const std::string& choice : info.choices) range += (range.empty() ? "" : " | ") + choice;
    else if (std::isfinite(info.min) && std::isfinite(info.max))
        range = optionNumber(info.min) + " to " + optionNumber(info.max);
    else if (std::isfinite(info.min)) range = "at least " + optionNumber(info.min);
    else if (std::isfinite(info.max)) range = "at most " + optionNumber(info.max);
    if (!info.unit.empty()) range += (range.empty() ? "" : " ") + info.unit;
    if (!range.empty()) text += " (" + range + ")";
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

} // namespace

std::string optionNumber(double value) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

std::string optionFloat(double value) {
    std::string text = optionNumber(value);
    if (text.find_first_of(".enai") == std::string::npos)
        text += ".0"; // "7" would be a whole number, "inf" and "nan" are TOML as they are
    return text;
}

std::string OptionValue::text() const {
    if (const auto* b = std::get_if<bool>(&value)) return *b ? "true" : "false";
    if (const auto* i = std::get_if<std::int64_t>(&value)) return std::to_string(*i);
    if (const auto* d = std::get_if<double>(&value)) return optionNumber(*d);
    if (const auto* s = std::get_if<std::string>(&value)) return quoted(s->size() > 60 ? s->substr(0, 60) + "..." : *s);
    if (std::holds_alternative<std::vector<std::int64_t>>(value)) return "a list";
    return "something else";
}

OptionValue parseOptionText(const std::string& text) {
    OptionValue value(text);
    std::string_view rest = text;
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    while (!rest.empty() && rest.back() == ' ') rest.remove_suffix(1);
    if (rest == "true" || rest == "false") {
        value.value = rest == "true";
        return value;
    }
    if (rest.starts_with('+')) rest.remove_prefix(1);
    const char *begin = rest.data(), *end = begin + rest.size();
    std::int64_t whole = 0;
    if (const auto [at, fault] = std::from_chars(begin, end, whole);
        fault == std::errc() && at == end && !rest.empty()) {
        value.value = whole;
        return value;
    }
    double number = 0;
    if (const auto [at, fault] = std::from_chars(begin, end, number);
        fault == std::errc() && at == end && !rest.empty()) {
        value.value = number;
        return value;
    }
    if (rest.starts_with('[')) {
        const nlohmann::json list = nlohmann::json::parse(rest, nullptr, false);
        if (list.is_array() &&
            std::all_of(list.begin(), list.end(), [](const auto& item) { return item.is_number_integer(); }))
            value.value = list.get<std::vector<std::int64_t>>();
    }
    return value;
}

std::vector<OptionRow> listOptions(const OptionVisit& visit) {
    Lister lister;
    visit(lister);
    return lister.rows;
}

std::string optionsToToml(const OptionVisit& visit) {
    // Keys without a dot first: after a [table] header they would belong to the table.
    std::vector<OptionRow> rows = listOptions(visit);
    const auto tableOf = [](const OptionRow& row) {
        const std::size_t dot = row.info.key.rfind('.');
        return dot == std::string::npos ? std::string() : row.info.key.substr(0, dot);
    };
    std::vector<std::string> tables{""};
    for (const OptionRow& row : rows)
        if (std::find(tables.begin(), tables.end(), tableOf(row)) == tables.end()) tables.push_back(tableOf(row));
    std::string text;
    for (const std::string& table : tables) {
        bool headed = table.empty();
        std::string group;
        for (const OptionRow& row : rows) {
            if (tableOf(row) != table) continue;
            if (!headed) text += (text.empty() ? "[" : "\n[") + table + "]\n";
            headed = true;
            if (row.group != group) text += "# -- " + row.group + "\n";
            group = row.group;
            const std::string key = table.empty() ? row.info.key : row.info.key.substr(table.size() + 1);
            const std::string note = comment(row.info);
            text += key + " = " + tomlText(row) + (note.empty() ? "" : " # " + note) + "\n";
        }
    }
    return text;
}

std::string optionsToJson(const OptionVisit& visit) {
    nlohmann::ordered_json root = nlohmann::ordered_json::object();
    for (const OptionRow& row : listOptions(visit)) {
        nlohmann::ordered_json* node = &root;
        std::size_t begin = 0;
        for (std::size_t dot; (dot = row.info.key.find('.', begin)) != std::string::npos; begin = dot + 1)
            node = &(*node)[row.info.key.substr(begin, dot - begin)];
        nlohmann::ordered_json& leaf = (*node)[row.info.key.substr(begin)];
        if (row.type == OptionRow::Type::String) leaf = row.value;
        else if (row.type == OptionRow::Type::Double) leaf = numberOf(row.value);
        else leaf = nlohmann::ordered_json::parse(row.value);
    }
    return root.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace emc
