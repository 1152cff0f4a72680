#pragma once
// A form made from the description of options: any struct with visit(OptionVisitor&). The form holds values of its own;
// the struct is only read and filled.
#include <QWidget>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/api/options.h"

namespace emc {

class OptionsForm : public QWidget {
    Q_OBJECT
public:
    using Visit = std::function<void(OptionVisitor&)>;
    static constexpr char kTextContext[] = "Options"; // of labels, help, units and groups in the translations

    explicit OptionsForm(QWidget* parent = nullptr);
    ~OptionsForm() override;

    // Builds the rows. Values different from the defaults get dot, bold name and reset arrow.
    template <class Options>
    void setOptions(Options values, Options defaults = {}) {
        build([&](OptionVisitor& v) { values.visit(v); }, [&](OptionVisitor& v) { defaults.visit(v); });
    }
    // Fills the fields of `base` that the form knows.
    template <class Options>
    Options options(Options base = {}) const {
        fill([&](OptionVisitor& v) { base.visit(v); });
        return base;
    }
    void build(const Visit& values, const Visit& defaults);
    void fill(const Visit& into) const;

    void setFaults(const std::vector<OptionFault>& faults); // shown under their rows; unknown keys above the form
    void setSearchText(const QString& text);                // finds in label, key and help
    void setSearchVisible(bool visible);
    void setHelpVisible(bool visible); // footer with help and key of the focused row
    void setRowVisible(const std::string& key, bool visible);
    void setRowEnabled(const std::string& key, bool enabled, const QString& why = {});
    void setChoices(const std::string& key, const QStringList& shown,
                    const QStringList& values); // a combo for a free text option (corpora, devices)
    void setGroupOpen(const QString& group, bool open);
    void focusOption(const std::string& key);

    int optionCount() const;
    int changedCount() const;
    QStringList changedKeys() const;
    QString label(const std::string& key) const;     // as its row shows it; the key itself when there is no such row
    QString valueText(const std::string& key) const; // as it would stand in a file
    bool setValueText(const std::string& key, const QString& text); // false when unknown or not of the type
    QWidget* editor(const std::string& key) const;                  // null when there is none
    void resetAll();
    void reset(const std::string& key);

signals:
    void changed(); // a value was changed by the user or by reset
    void optionChanged(const QString& key);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
