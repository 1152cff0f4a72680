#include "core/checkpoint/model_table_reader.h"

#include <algorithm>
#include <sstream>

#include "core/api/error.h"
#include "core/checkpoint/model_tables.h"

namespace emc {

namespace {
std::vector<std::string> words(const std::string& line) {
    std::istringstream stream(line);
    std::vector<std::string> out;
    for (std::string word; stream >> word;) out.push_back(word);
    return out;
}

// Layers that stand in the tables as one line: what a line of them stands for. % is the prefix, 1 and 2 the sizes.
struct Layer {
    const char *name, *lines;
};
constexpr Layer kLayers[] = {
    {"lin", "ten %.weight 1 2|ten %.bias 1"},
    {"linw", "ten %.weight 1 2"},
    {"lin2", "ten %.weight 1 2 3 3|ten %.bias 1"},
    {"cbn",
     "ten %.conv.weight 1 2 3 4|ten %.bn.weight 1|ten %.bn.bias 1|ten %.bn.running_mean 1|ten %.bn.running_var 1"},
    {"ln", "ten %.weight 1|ten %.bias 1"},
    {"lnw", "ten %.weight 1"},
    {"mha", "ten %.in_proj_weight 3*1 1|ten %.in_proj_bias 3*1|lin %.out_proj 1 1"},
    {"enc", "mha %.self_attn 1|lin %.linear1 2 1|lin %.linear2 1 2|ln %.norm1 1|ln %.norm2 1"},
    {"dec", "mha %.self_attn 1|mha %.multihead_attn 1|lin %.linear1 2 1|lin %.linear2 1 2|ln %.norm1 1|ln %.norm2 1|"
            "ln %.norm3 1"},
    {"swin", "ln %.norm1 1|ten %.attn.relative_position_bias_table 169 2|"
             "lin %.attn.qkv 3*1 1|lin %.attn.proj 1 1|ln %.norm2 1|lin %.mlp.fc1 4*1 1|lin %.mlp.fc2 1 4*1"},
};

class Expansion {
public:
    Expansion(const ModelTable& table, const ModelSizes& sizes, const std::set<std::string>& flags)
        : m_sizes(sizes), m_flags(flags) {
        for (const TableLine& line : table.lines) {
            if (!line.condition.empty()) {
                const bool negated = line.condition.front() == '!';
                if (m_flags.contains(line.condition.substr(negated)) == negated) continue;
            }
            std::vector<std::int64_t> sizesOfLine;
            for (std::size_t i = 1; i < line.arguments.size(); ++i) sizesOfLine.push_back(value(line.arguments[i]));
            for (const std::string& name : namesOf(line.arguments[0])) layer(line.kind, line.role, name, sizesOfLine);
        }
    }
    std::vector<ExpectedTensor> result;

private:
    // "3*width", "width+83", "4": from left to right. Within a layer's own lines 1 and 2 are its sizes.
    std::int64_t value(const std::string& text, const std::vector<std::int64_t>* own = nullptr) const {
        std::int64_t total = 0;
        char operation = '+';
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find_first_of("+*", at), text.size());
            const std::int64_t part = term(text.substr(at, end - at), own);
            total = operation == '+' ? total + part : total * part;
            operation = end < text.size() ? text[end] : '+';
            at = end + 1;
        }
        return total;
    }
    std::int64_t term(const std::string& word, const std::vector<std::int64_t>* own) const {
        if (word.find_first_not_of("0123456789") != std::string::npos) return m_sizes.at(word);
        const std::int64_t number = std::stoll(word);
        return own && number <= static_cast<std::int64_t>(own->size()) ? (*own)[static_cast<std::size_t>(number - 1)]
                                                                       : number;
    }
    std::vector<std::string> namesOf(const std::string& pattern) const {
        const std::size_t open = pattern.find('{');
        if (open == std::string::npos) return {pattern};
        const std::size_t close = pattern.find('}', open);
        const std::string inside = pattern.substr(open + 1, close - open - 1), rest = pattern.substr(close + 1);
        std::vector<std::string> choices;
        if (inside.front() == '#') {
            for (std::int64_t i = 0; i < m_sizes.at(inside.substr(1)); ++i) choices.push_back(std::to_string(i));
        } else {
            std::istringstream stream(inside);
            for (std::string choice; std::getline(stream, choice, ',');) choices.push_back(choice);
        }
        std::vector<std::string> out;
        for (const std::string& choice : choices)
            for (const std::string& name : namesOf(pattern.substr(0, open) + choice + rest)) out.push_back(name);
        return out;
    }
    void layer(const std::string& kind, TensorRole role, const std::string& name,
               const std::vector<std::int64_t>& sizes) {
        if (kind == "ten") {
            result.push_back({name, sizes, role});
            return;
        }
        for (const Layer& known : kLayers) {
            if (kind != known.name) continue;
            std::istringstream stream(known.lines);
            for (std::string text; std::getline(stream, text, '|');) {
                std::vector<std::string> parts = words(text);
                const bool constant = parts[0].front() == '?';
                parts[1].replace(parts[1].find('%'), 1, name);
                std::vector<std::int64_t> inner;
                for (std::size_t i = 2; i < parts.size(); ++i) inner.push_back(value(parts[i], &sizes));
                layer(constant ? parts[0].substr(1) : parts[0], constant ? TensorRole::Constant : role, parts[1],
                      inner);
            }
            return;
        }
        throw Error(ErrorKind::Internal, "the tables of models know no layer " + kind);
    }

    ModelSizes m_sizes;
    std::set<std::string> m_flags;
};

} // namespace

ModelTable::ModelTable(const std::string& text) {
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) read(words(line));
    ModelSizes ones;
    for (const SizeRule& rule : sizes) ones[rule.name] = 1;
    std::set<std::string> all;
    for (const auto& [flag, begin] : flags) all.insert(flag);
    for (const ExpectedTensor& tensor : Expansion(*this, ones, all).result)
        roots.insert(tensor.name.substr(0, tensor.name.find('.')));
    for (const Rename& rule : renames) roots.insert(rule.text.substr(0, rule.text.find('.')));
    roots.erase("");
}

namespace {
std::string exchanged(std::string name, const std::string& text, const std::string& other) {
    const std::size_t at = text.starts_with('.') ? name.find(text) : name.starts_with(text) ? 0 : std::string::npos;
    return at == std::string::npos ? name : name.replace(at, text.size(), other);
}
} // namespace

std::string ModelTable::renamed(std::string name, const std::set<std::string>& flagsOfFile) const {
    for (const Rename& rule : renames)
        if (flagsOfFile.contains(rule.flag)) name = exchanged(name, rule.text, rule.other);
    return name;
}

std::string ModelTable::inFile(std::string name, const std::set<std::string>& flagsOfFile) const {
    for (auto rule = renames.rbegin(); rule != renames.rend(); ++rule)
        if (flagsOfFile.contains(rule->flag)) name = exchanged(name, rule->other, rule->text);
    return name;
}

void ModelTable::read(std::vector<std::string> parts) {
    if (parts.empty()) return;
    TableLine line;
    if (parts[0].front() == '[') {
        line.condition = parts[0].substr(1, parts[0].size() - 2);
        parts.erase(parts.begin());
    }
    const std::string kind = parts[0];
    parts.erase(parts.begin());
    if (kind == "model") model = parts[0];
    else if (kind == "label") {
        for (const std::string& part : parts) label += (label.empty() ? "" : " ") + part;
    } else if (kind == "size") sizes.push_back({parts[0], std::stoll(parts[1]), {parts.begin() + 2, parts.end()}});
    else if (kind == "flag") flags.emplace_back(parts[0], parts[1]);
    else if (kind == "variant") {
        variantFlag = parts[0];
        variantYes = parts[1];
        variantNo = parts[2];
    } else if (kind == "rename") renames.push_back({parts[0], parts[1], parts[2]});
    else if (kind == "drop") drops.push_back(parts[0]);
    else {
        const char mark = kind.front();
        line.role = mark == '?' ? TensorRole::Constant : mark == '-' ? TensorRole::Unused : TensorRole::Needed;
        line.kind = mark == '?' || mark == '-' ? kind.substr(1) : kind;
        line.arguments = parts;
        lines.push_back(line);
    }
}

bool fitsPattern(const std::string& name, std::string pattern) {
    const bool front = pattern.starts_with('*'), back = pattern.ends_with('*');
    if (front) pattern.erase(0, 1);
    if (back) pattern.pop_back();
    if (front) return name.ends_with(pattern);
    return back ? name.starts_with(pattern) : name == pattern;
}

const std::vector<ModelTable>& allModelTables() {
    static const std::vector<ModelTable> kAll = [] {
        std::vector<ModelTable> all;
        for (const char* text : modelTables()) all.emplace_back(text);
        return all;
    }();
    return kAll;
}

std::vector<ExpectedTensor> expandTable(const ModelTable& table, const ModelSizes& sizes,
                                        const std::set<std::string>& flags) {
    return Expansion(table, sizes, flags).result;
}

} // namespace emc
