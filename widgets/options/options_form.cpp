#include "widgets/options/options_form.h"

#include <QApplication>
#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/options/option_description.h"
#include "widgets/options/option_editors.h"
#include "widgets/options/option_help.h"
#include "widgets/options/option_rows.h"

namespace emc {

struct OptionsForm::Impl {
    OptionsForm* form = nullptr;
    QLineEdit* search = nullptr;
    QLabel* counts = nullptr;
    QLabel* general = nullptr; // faults without a row
    QScrollArea* scroll = nullptr;
    QWidget* body = nullptr;
    OptionHelp* help = nullptr;
    std::vector<std::unique_ptr<FormRow>> rows;
    std::vector<OptionGroupHeader*> groups;
    QLabel* nothing = nullptr;
    std::vector<OptionFault> faults;
    FormRow* current = nullptr;

    FormRow* find(const std::string& key) const {
        for (const auto& row : rows)
            if (row->info.key == key) return row.get();
        return nullptr;
    }
    void valueChanged(FormRow& row) {
        row.value = row.editor.get();
        row.refresh();
        showFault(row, {}); // it is being mended; the next check says more
        refreshCounts();
        if (&row == current) showHelp(&row);
        emit form->optionChanged(QString::fromStdString(row.info.key));
        emit form->changed();
    }
    void showFault(FormRow& row, const QString& text) { row.setFault(text); }
    void refreshCounts() {
        const int changed = form->changedCount();
        counts->setText(changed ? OptionsForm::tr("%1 options, %2 changed").arg(rows.size()).arg(changed)
                                : OptionsForm::tr("%1 options").arg(rows.size()));
        placeCounts();
    }
    void placeCounts() {
        counts->adjustSize();
        const bool room = search->text().isEmpty() && search->width() > counts->width() + 150;
        counts->move(search->width() - counts->width() - 9, (search->height() - counts->height()) / 2);
        counts->setVisible(room);
    }
    void filter() {
        const QString text = search->text().trimmed();
        int found = 0;
        for (OptionGroupHeader* header : groups) {
            int inGroup = 0;
            for (const auto& row : rows) {
                if (row->group != header->title()) continue;
                const QString all = row->label() + u' ' + QString::fromStdString(row->info.key) + u' ' +
                                    QString::fromStdString(row->info.help);
                const bool fits = row->wanted && (text.isEmpty() || all.contains(text, Qt::CaseInsensitive));
                // A search looks into closed groups too.
                row->widget->setVisible(fits && (header->isChecked() || !text.isEmpty()));
                inGroup += fits;
            }
            header->setVisible(inGroup > 0 && !header->title().isEmpty());
            found += inGroup;
        }
        nothing->setVisible(found == 0);
        nothing->setText(rows.empty() ? OptionsForm::tr("There are no options.")
                                      : OptionsForm::tr("No option fits \u201c%1\u201d.").arg(text));
        placeCounts();
    }
    void showHelp(FormRow* row) {
        if (current && current != row) current->setCurrent(false);
        current = row;
        if (row) row->setCurrent(true);
        help->describe(row);
    }
    void applyTheme() {
        const Theme& theme = Theme::of(form);
        help->applyTheme(theme);
        general->setFont(theme.font(12));
        nothing->setFont(theme.font(12));
        const auto ink = [](QLabel* label, const QColor& colour) {
            QPalette palette = label->palette();
            palette.setColor(QPalette::WindowText, colour);
            label->setPalette(palette);
        };
        ink(general, theme.danger), ink(nothing, theme.muted);
        if (const auto actions = search->actions(); !actions.isEmpty())
            actions.front()->setIcon(icon(QStringLiteral("search"), theme, theme.muted));
        for (const auto& row : rows) row->applyTheme(theme);
        for (OptionGroupHeader* header : groups) header->update();
    }
};

OptionsForm::OptionsForm(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
    m->form = this;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m->search = new QLineEdit(this);
    m->search->setPlaceholderText(tr("Find an option"));
    m->search->setAccessibleName(tr("Find an option"));
    m->search->setClearButtonEnabled(true);
    m->search->addAction(QIcon(), QLineEdit::LeadingPosition);
    m->counts = new QLabel(m->search);
    m->counts->setAttribute(Qt::WA_TransparentForMouseEvents);
    m->counts->setProperty("role", "caption"); // the sheet of the line edit would win over a palette
    auto* top = new QWidget(this);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(12, 8, 12, 8);
    topLayout->addWidget(m->search);
    m->general = new QLabel(this);
    m->general->setWordWrap(true);
    m->general->setContentsMargins(12, 4, 12, 8);
    m->general->hide();
    m->scroll = new QScrollArea(this);
    m->scroll->setWidgetResizable(true);
    m->scroll->setFrameShape(QFrame::NoFrame);
    m->scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m->scroll->setFocusPolicy(Qt::NoFocus);
    m->help = new OptionHelp(this);
    auto* line = new QFrame(this);
    line->setProperty("line", true);
    line->setFixedHeight(1);
    layout->addWidget(top);
    layout->addWidget(m->general);
    layout->addWidget(m->scroll, 1);
    layout->addWidget(line);
    layout->addWidget(m->help);
    m->search->installEventFilter(this);
    connect(m->search, &QLineEdit::textChanged, this, [this] { m->filter(); });
    build([](OptionVisitor&) {}, [](OptionVisitor&) {});
}

OptionsForm::~OptionsForm() = default;

void OptionsForm::build(const Visit& values, const Visit& defaults) {
    const std::vector<DescribedOption> described = describeOptions(values), standard = describeOptions(defaults);
    std::vector<QString> closed;
    for (OptionGroupHeader* header : m->groups)
        if (!header->isChecked()) closed.push_back(header->title());
    m->current = nullptr;
    m->rows.clear();
    m->groups.clear();
    m->body = new QWidget;
    m->body->setObjectName(QStringLiteral("optionRows"));
    auto* layout = new QVBoxLayout(m->body);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(0);
    // Rows of one group stand together even when the description comes back to it.
    std::vector<QString> order;
    for (const DescribedOption& option : described)
        if (std::find(order.begin(), order.end(), option.group) == order.end()) order.push_back(option.group);
    for (const QString& group : order) {
        auto* header = new OptionGroupHeader(group, m->body);
        header->setChecked(std::find(closed.begin(), closed.end(), group) == closed.end());
        connect(header, &QAbstractButton::toggled, this, [this] { m->filter(); });
        m->groups.push_back(header);
        layout->addWidget(header);
        for (const DescribedOption& option : described) {
            if (option.group != group) continue;
            auto row = std::make_unique<FormRow>();
            row->info = option.info;
            row->group = group;
            row->value = row->standard = option.value;
            for (const DescribedOption& other : standard)
                if (other.info.key == option.info.key && other.value.index() == option.value.index())
                    row->standard = other.value;
            FormRow* raw = row.get();
            row->make(
                m->body, [this, raw] { m->valueChanged(*raw); }, [this, raw] { reset(raw->info.key); });
            row->editor.widget->installEventFilter(this);
            layout->addWidget(row->widget);
            m->rows.push_back(std::move(row));
        }
    }
    m->nothing = new QLabel(m->body);
    m->nothing->setContentsMargins(12, 12, 12, 12);
    m->nothing->setWordWrap(true);
    layout->addWidget(m->nothing);
    layout->addStretch();
    m->scroll->setWidget(m->body); // deletes the old rows
    m->scroll->viewport()->setAutoFillBackground(false);
    m->body->setAutoFillBackground(false);
    QWidget* before = m->search;
    for (const auto& row : m->rows) {
        setTabOrder(before, row->editor.widget);
        before = row->editor.widget;
    }
    m->applyTheme();
    m->refreshCounts();
    m->filter();
    m->showHelp(nullptr);
    setFaults(m->faults);
}

void OptionsForm::fill(const Visit& into) const {
    fillOptions(into, [this](const std::string& key) -> const OptionValue* {
        const FormRow* row = m->find(key);
        return row ? &row->value : nullptr;
    });
}

void OptionsForm::setFaults(const std::vector<OptionFault>& faults) {
    m->faults = faults;
    for (const auto& row : m->rows) {
        QStringList texts;
        for (const OptionFault& fault : faults)
            if (fault.key == row->info.key)
                texts.append(
                    QString::fromStdString(fault.hint.empty() ? fault.problem : fault.problem + ". " + fault.hint));
        m->showFault(*row, texts.join(u'\n'));
    }
    QStringList general;
    for (const OptionFault& fault : faults)
        if (!m->find(fault.key))
            general.append(QString::fromStdString((fault.key.empty() ? std::string() : fault.key + ": ") +
                                                  fault.problem + (fault.hint.empty() ? "" : ". " + fault.hint)));
    m->general->setText(general.join(u'\n'));
    m->general->setVisible(!general.isEmpty());
}

void OptionsForm::setSearchText(const QString& text) {
    m->search->setText(text);
}
void OptionsForm::setSearchVisible(bool visible) {
    m->search->parentWidget()->setVisible(visible);
}
void OptionsForm::setHelpVisible(bool visible) {
    m->help->setVisible(visible);
}

void OptionsForm::setRowVisible(const std::string& key, bool visible) {
    if (FormRow* row = m->find(key)) row->wanted = visible;
    m->filter();
}

void OptionsForm::setRowEnabled(const std::string& key, bool enabled, const QString& why) {
    if (FormRow* row = m->find(key)) row->setEnabled(enabled, why);
}

void OptionsForm::setChoices(const std::string& key, const QStringList& shown, const QStringList& values) {
    FormRow* row = m->find(key);
    if (!row || !std::holds_alternative<std::string>(row->value)) return;
    row->replaceEditor(
        makeChoiceEditor(shown, values, row->value, row->widget, [this, row] { m->valueChanged(*row); }));
    row->editor.widget->installEventFilter(this);
}

void OptionsForm::setGroupOpen(const QString& group, bool open) {
    for (OptionGroupHeader* header : m->groups)
        if (header->title() == group) header->setChecked(open);
}

void OptionsForm::focusOption(const std::string& key) {
    FormRow* row = m->find(key);
    if (!row) return;
    setGroupOpen(row->group, true);
    m->scroll->ensureWidgetVisible(row->editor.widget, 0, 24);
    row->editor.widget->setFocus(Qt::OtherFocusReason);
    m->showHelp(row);
}

int OptionsForm::optionCount() const {
    return static_cast<int>(m->rows.size());
}
int OptionsForm::changedCount() const {
    return static_cast<int>(changedKeys().size());
}

QStringList OptionsForm::changedKeys() const {
    QStringList keys;
    for (const auto& row : m->rows)
        if (row->isChanged()) keys.append(QString::fromStdString(row->info.key));
    return keys;
}

QString OptionsForm::label(const std::string& key) const {
    const FormRow* row = m->find(key);
    return row ? row->label() : QString::fromStdString(key);
}

QString OptionsForm::valueText(const std::string& key) const {
    const FormRow* row = m->find(key);
    return row ? optionText(row->value) : QString();
}

bool OptionsForm::setValueText(const std::string& key, const QString& text) {
    FormRow* row = m->find(key);
    if (!row) return false;
    OptionValue value = row->value;
    if (!optionFromText(text, value)) return false;
    if (value == row->value) return true;
    row->editor.set(value);
    m->valueChanged(*row);
    return true;
}

QWidget* OptionsForm::editor(const std::string& key) const {
    const FormRow* row = m->find(key);
    return row ? row->editor.widget : nullptr;
}

void OptionsForm::reset(const std::string& key) {
    FormRow* row = m->find(key);
    if (!row || !row->isChanged()) return;
    row->editor.set(row->standard);
    m->valueChanged(*row);
}

void OptionsForm::resetAll() {
    for (const QString& key : changedKeys()) reset(key.toStdString());
}

void OptionsForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m->applyTheme();
    QWidget::changeEvent(event);
}

bool OptionsForm::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m->search) {
        if (event->type() == QEvent::Resize) m->placeCounts();
        return false;
    }
    auto* widget = qobject_cast<QWidget*>(watched);
    if (event->type() == QEvent::Wheel && widget && !widget->hasFocus()) {
        // Scrolling the form must not change the numbers under the pointer.
        QApplication::sendEvent(m->scroll->verticalScrollBar(), event);
        return true;
    }
    if (event->type() == QEvent::FocusIn) {
        for (const auto& row : m->rows) {
            if (row->editor.widget != watched) continue;
            m->showHelp(row.get());
            m->scroll->ensureWidgetVisible(row->editor.widget, 0, 24);
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace emc
