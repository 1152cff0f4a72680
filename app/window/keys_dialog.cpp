#include "app/window/keys_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/window/key_bindings.h"
#include "widgets/common/controls.h"
#include "widgets/common/icons.h"

namespace emc {

namespace {

constexpr int kNameRole = Qt::UserRole + 1;

QString keysText(const QAction& action) {
    QStringList texts;
    for (const QKeySequence& key : action.shortcuts()) texts.append(key.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral(", "));
}

} // namespace

KeysDialog::KeysDialog(KeyBindings& bindings, QWidget* parent)
    : QDialog(parent), m_bindings(bindings), m_search(new QLineEdit(this)), m_tree(new QTreeWidget(this)),
      m_name(makeLabel({}, "title", this)), m_note(makeLabel({}, "caption", this)), m_edit(new QKeySequenceEdit(this)),
      m_assign(new Button(tr("Assign"), this)), m_none(new Button(tr("No key"), this)),
      m_reset(new Button(tr("Default"), this, QStringLiteral("reset"))),
      m_resetAll(new Button(tr("All to default"), this, QStringLiteral("reset"))) {
    setWindowTitle(tr("Keys"));
    resize(600, 640);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    m_search->setPlaceholderText(tr("Find a command or a key"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), Theme::of(this), Theme::of(this).muted),
                        QLineEdit::LeadingPosition);
    column->addWidget(m_search);
    auto* panel = makePanel(this);
    auto* inside = new QVBoxLayout(panel);
    inside->setContentsMargins(1, 1, 1, 1);
    m_tree->setColumnCount(2);
    m_tree->setHeaderLabels({tr("Command"), tr("Keys")});
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    m_tree->setAccessibleName(tr("Commands"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_tree->header()->resizeSection(1, 180);
    inside->addWidget(m_tree);
    column->addWidget(panel, 1);
    column->addWidget(m_name);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_edit->setAccessibleName(tr("New key"));
    row->addWidget(m_edit, 1);
    m_assign->with("primary");
    for (Button* button : {m_assign, m_none, m_reset}) row->addWidget(button);
    column->addLayout(row);
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(32);
    column->addWidget(m_note);
    column->addWidget(makeLine(Qt::Horizontal, this));
    auto* foot = new QHBoxLayout;
    auto* close = new Button(tr("Close"), this);
    foot->addWidget(m_resetAll);
    foot->addStretch(1);
    foot->addWidget(close);
    column->addLayout(foot);
    for (auto* button : {m_assign, m_none, m_reset, m_resetAll, close}) button->setAutoDefault(false);

    connect(m_search, &QLineEdit::textChanged, this, &KeysDialog::filter);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this] {
        m_edit->clear();
        refresh();
    });
    connect(m_tree, &QTreeWidget::itemActivated, this, [this] { m_edit->setFocus(); });
    connect(m_edit, &QKeySequenceEdit::keySequenceChanged, this, &KeysDialog::refresh);
    connect(m_assign, &QPushButton::clicked, this, &KeysDialog::assign);
    connect(m_none, &QPushButton::clicked, this, [this] { m_bindings.assign(selected(), {}); });
    connect(m_reset, &QPushButton::clicked, this, [this] { m_bindings.reset(selected()); });
    connect(m_resetAll, &QPushButton::clicked, &m_bindings, &KeyBindings::resetAll);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&m_bindings, &KeyBindings::changed, this, [this] {
        m_edit->clear();
        fill();
    });
    fill();
}

void KeysDialog::fill() {
    const QString current = selected();
    if (m_tree->topLevelItemCount() == 0) {
        for (const KeyBindings::Entry& entry : m_bindings.entries()) {
            if (!entry.action) continue;
            QTreeWidgetItem* group = nullptr;
            for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
                if (m_tree->topLevelItem(i)->text(0) == entry.group) group = m_tree->topLevelItem(i);
            if (!group) {
                group = new QTreeWidgetItem(m_tree, {entry.group});
                group->setFlags(Qt::ItemIsEnabled);
                group->setFont(0, Theme::of(this).font(13, QFont::DemiBold));
                group->setExpanded(true);
            }
            auto* item = new QTreeWidgetItem(group);
            item->setData(0, kNameRole, entry.action->objectName());
        }
    }
    for (const KeyBindings::Entry& entry : m_bindings.entries()) {
        QTreeWidgetItem* item = entry.action ? itemOf(entry.action->objectName()) : nullptr;
        if (!item) continue;
        QString text = entry.action->text();
        item->setText(0, text.remove(QLatin1Char('&')));
        item->setText(1, keysText(*entry.action));
        const bool own = m_bindings.isOwn(entry.action->objectName());
        item->setFont(1, Theme::of(this).font(13, own ? QFont::DemiBold : QFont::Normal));
        item->setToolTip(1, own ? tr("Changed by you") : QString());
    }
    if (!itemOf(current) && m_tree->topLevelItemCount() > 0 && m_tree->topLevelItem(0)->childCount() > 0)
        m_tree->setCurrentItem(m_tree->topLevelItem(0)->child(0));
    filter();
    refresh();
}

QTreeWidgetItem* KeysDialog::itemOf(const QString& name) const {
    for (int g = 0; g < m_tree->topLevelItemCount(); ++g)
        for (int i = 0; i < m_tree->topLevelItem(g)->childCount(); ++i)
            if (m_tree->topLevelItem(g)->child(i)->data(0, kNameRole).toString() == name)
                return m_tree->topLevelItem(g)->child(i);
    return nullptr;
}

QString KeysDialog::selected() const {
    const QTreeWidgetItem* item = m_tree->currentItem();
    return item ? item->data(0, kNameRole).toString() : QString();
}

void KeysDialog::choose(const QString& name) {
    if (QTreeWidgetItem* item = itemOf(name)) m_tree->setCurrentItem(item);
}

void KeysDialog::filter() {
    const QString text = m_search->text().trimmed();
    for (int g = 0; g < m_tree->topLevelItemCount(); ++g) {
        QTreeWidgetItem* group = m_tree->topLevelItem(g);
        int shown = 0;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem* item = group->child(i);
            const bool fits = text.isEmpty() || item->text(0).contains(text, Qt::CaseInsensitive) ||
                              item->text(1).contains(text, Qt::CaseInsensitive);
            item->setHidden(!fits);
            shown += fits;
        }
        group->setHidden(shown == 0);
    }
}

void KeysDialog::refresh() {
    const QString name = selected();
    const KeyBindings::Entry* entry = m_bindings.find(name);
    const QKeySequence key = wanted();
    const QAction* holder = m_bindings.holder(key, name);
    m_name->setText(entry ? entry->action->text() : tr("Choose a command"));
    m_edit->setEnabled(entry != nullptr);
    m_assign->setEnabled(entry && !key.isEmpty());
    m_assign->setText(holder ? tr("Take over") : tr("Assign"));
    m_none->setEnabled(entry && !entry->action->shortcuts().isEmpty());
    m_reset->setEnabled(entry && m_bindings.isOwn(name));
    setRole(m_note, holder ? "danger" : "caption");
    m_note->setText(!entry   ? QString()
                    : holder ? tr("%1 already belongs to “%2”, which would have no such key any more.")
                                   .arg(key.toString(QKeySequence::NativeText), holder->text())
                    : key.isEmpty() ? tr("Click into the field and press the new keys. Single letters do not fire "
                                         "while a text field has the focus.")
                                    : tr("%1 is free.").arg(key.toString(QKeySequence::NativeText)));
}

// The field gathers up to four keys in a row; a command has one at a time.
QKeySequence KeysDialog::wanted() const {
    const QKeySequence typed = m_edit->keySequence();
    return typed.isEmpty() ? typed : QKeySequence(typed[0]);
}

void KeysDialog::assign() {
    const QKeySequence key = wanted();
    if (!key.isEmpty()) m_bindings.assign(selected(), key);
}

} // namespace emc
