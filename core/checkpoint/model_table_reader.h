#pragma once
// The tables of model_tables.h, understood: lines, sizes, and the tensors that they stand for.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/checkpoint/known_models.h"

namespace emc {

struct TableLine {
    TensorRole role = TensorRole::Needed;
    std::string kind, condition; // condition: "", "online", "!online"
    std::vector<std::string> arguments;
};

struct SizeRule { // see model_tables.h
    std::string name;
    std::int64_t published = 0;
    std::vector<std::string> sources;
};

struct ModelTable {
    std::string model, label, variantFlag, variantYes, variantNo;
    std::vector<SizeRule> sizes;
    std::vector<std::pair<std::string, std::string>> flags;
    struct Rename {
        std::string flag, text, other;
    };
    std::vector<Rename> renames;
    std::vector<std::string> drops;
    std::vector<TableLine> lines;
    std::set<std::string> roots; // first words of all names: "fusion", "reaction_decoder"

    explicit ModelTable(const std::string& text);
    // A name of the file as all lines have it, and back.
    std::string renamed(std::string name, const std::set<std::string>& flagsOfFile) const;
    std::string inFile(std::string name, const std::set<std::string>& flagsOfFile) const;

private:
    void read(std::vector<std::string> words);
};

const std::vector<ModelTable>& allModelTables();
// Whether `name` fits `pattern`, which may begin or end with `*`.
bool fitsPattern(const std::string& name, std::string pattern);
// Every tensor that the table describes with these sizes (all of them are needed) and flags.
std::vector<ExpectedTensor> expandTable(const ModelTable& table, const ModelSizes& sizes,
                                        const std::set<std::string>& flags);

} // namespace emc
