#include "widgets/options/option_description.h"

#include <QCoreApplication>

#include "widgets/options/options_form.h"

namespace emc {

namespace {

// The description is English; translations know its sentences by this context.
QString translated(const std::string& text) {
    return text.empty() ? QString() : QCoreApplication::translate(OptionsForm::kTextContext, text.c_str());
}

class Reader : public OptionVisitor {
public:
    std::vector<DescribedOption> options;
    void group(const std::string& label) override { m_group = translated(label); }
    void option(const OptionInfo& info, bool& value) override { add(info, value); }
    void option(const OptionInfo& info, int& value) override { add(info, value); }
    void option(const OptionInfo& info, double& value) override { add(info, value); }
    void option(const OptionInfo& info, std::string& value) override { add(info, value); }
    void option(const OptionInfo& info, std::vector<int>& value) override { add(info, value); }

private:
    void add(const OptionInfo& info, OptionValue value) {
        OptionInfo shown = info;
        for (std::string* text : {&shown.label, &shown.help, &shown.unit}) *text = translated(*text).toStdString();
        options.push_back({shown, m_group, std::move(value)});
    }
    QString m_group;
};

class Writer : public OptionVisitor {
public:
    explicit Writer(const std::function<const OptionValue*(const std::string&)>& valueOf) : m_valueOf(valueOf) {}
    void option(const OptionInfo& info, bool& value) override { put(info, value); }
    void option(const OptionInfo& info, int& value) override { put(info, value); }
    void option(const OptionInfo& info, double& value) override { put(info, value); }
    void option(const OptionInfo& info, std::string& value) override { put(info, value); }
    void option(const OptionInfo& info, std::vector<int>& value) override { put(info, value); }

private:
    template <class T>
    void put(const OptionInfo& info, T& value) {
        const OptionValue* held = m_valueOf(info.key);
        if (const T* same = held ? std::get_if<T>(held) : nullptr) value = *same;
    }
    const std::function<const OptionValue*(const std::string&)>& m_valueOf;
};

} // namespace

std::vector<DescribedOption> describeOptions(const std::function<void(OptionVisitor&)>& visit) {
    Reader reader;
    visit(reader);
    return std::move(reader.options);
}

void fillOptions(const std::function<void(OptionVisitor&)>& visit,
                 const std::function<const OptionValue*(const std::string& key)>& valueOf) {
    Writer writer(valueOf);
    visit(writer);
}

} // namespace emc
