#pragma once
// Every command with its keys: search, give another key, see what it takes the key from, go back to the defaults.
#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace emc {

class Button;
class KeyBindings;

class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(KeyBindings& bindings, QWidget* parent = nullptr);
    void choose(const QString& name); // selects a command

private:
    void fill();
    void filter();
    void refresh(); // of the selected command
    void assign();
    QString selected() const;
    QKeySequence wanted() const;
    QTreeWidgetItem* itemOf(const QString& name) const;

    KeyBindings& m_bindings;
    QLineEdit* m_search;
    QTreeWidget* m_tree;
    QLabel *m_name, *m_note;
    QKeySequenceEdit* m_edit;
    Button *m_assign, *m_none, *m_reset, *m_resetAll;
};

} // namespace emc
