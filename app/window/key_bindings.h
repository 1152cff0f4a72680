#pragma once
// Which keys belong to which command: defaults, the user's own, conflicts. The actions themselves carry the keys.
#include <QAction>
#include <QKeySequence>
#include <QObject>
#include <QPointer>

#include <vector>

namespace emc {

class Settings;

class KeyBindings : public QObject {
    Q_OBJECT
public:
    struct Entry {
        QPointer<QAction> action; // its object name is the name of the command
        QString group;            // the menu
        QList<QKeySequence> standard;
    };

    explicit KeyBindings(Settings& settings, QObject* parent = nullptr) : QObject(parent), m_settings(settings) {}
    // Keys as text, "; " between several; the user's own keys win at once.
    void add(QAction* action, const QString& group, const QString& standard);
    void clear() { m_entries.clear(); }
    const std::vector<Entry>& entries() const { return m_entries; }
    const Entry* find(const QString& name) const;
    QString textOf(const char* name) const; // of the first key, for tooltips; empty = none

    // Another command that `key` starts, besides `name`; null when it is free.
    QAction* holder(const QKeySequence& key, const QString& name) const;
    // Gives `key` alone to the command (an empty one: no key). A command that held it before loses it.
    void assign(const QString& name, const QKeySequence& key);
    void reset(const QString& name); // to its defaults; other commands lose these keys
    void resetAll();
    bool isOwn(const QString& name) const; // differs from the defaults

signals:
    void changed();

private:
    void put(const Entry& entry, const QList<QKeySequence>& keys);
    void take(const QKeySequence& key, const QString& exceptName);
    Settings& m_settings;
    std::vector<Entry> m_entries;
};

} // namespace emc
