#pragma once
// What a struct with visit(OptionVisitor&) says of itself, as values in the user's language, and the way back.
#include <QString>

#include <functional>
#include <string>
#include <vector>

#include "core/api/options.h"
#include "widgets/options/option_editors.h"

namespace emc {

struct DescribedOption {
    OptionInfo info; // label, help and unit in the user's language
    QString group;
    OptionValue value;
};

std::vector<DescribedOption> describeOptions(const std::function<void(OptionVisitor&)>& visit);
// Gives every option the value that `valueOf` holds for its key; null or another type leaves it as it is.
void fillOptions(const std::function<void(OptionVisitor&)>& visit,
                 const std::function<const OptionValue*(const std::string& key)>& valueOf);

} // namespace emc
