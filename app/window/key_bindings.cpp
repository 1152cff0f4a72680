#include "app/window/key_bindings.h"

#include <algorithm>

#include "app/settings/settings.h"

namespace emc {

namespace {

const QString kBetween = QStringLiteral("; ");

QList<QKeySequence> fromText(const QString& text) {
    QList<QKeySequence> keys;
    if (text == QLatin1String(Settings::kNoKey)) return keys;
    for (const QString& key : text.split(kBetween, Qt::SkipEmptyParts))
        if (const QKeySequence sequence(key, QKeySequence::PortableText); !sequence.isEmpty()) keys.append(sequence);
    return keys;
}

QString toText(const QList<QKeySequence>& keys) {
    QStringList texts;
    for (const QKeySequence& key : keys) texts.append(key.toString(QKeySequence::PortableText));
    return texts.isEmpty() ? QString::fromLatin1(Settings::kNoKey) : texts.join(kBetween);
}

} // namespace

void KeyBindings::add(QAction* action, const QString& group, const QString& standard) {
    const Entry entry{action, group, fromText(standard)};
    const QString own = m_settings.key(action->objectName());
    action->setShortcuts(own.isEmpty() ? entry.standard : fromText(own));
    m_entries.push_back(entry);
}

const KeyBindings::Entry* KeyBindings::find(const QString& name) const {
    const auto it = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&](const Entry& e) { return e.action && e.action->objectName() == name; });
    return it == m_entries.end() ? nullptr : &*it;
}

QString KeyBindings::textOf(const char* name) const {
    const Entry* entry = find(QLatin1String(name));
    return entry ? entry->action->shortcut().toString(QKeySequence::NativeText) : QString();
}

QAction* KeyBindings::holder(const QKeySequence& key, const QString& name) const {
    if (key.isEmpty()) return nullptr;
    for (const Entry& entry : m_entries)
        if (entry.action && entry.action->objectName() != name && entry.action->shortcuts().contains(key))
            return entry.action;
    return nullptr;
}

void KeyBindings::put(const Entry& entry, const QList<QKeySequence>& keys) {
    entry.action->setShortcuts(keys);
    m_settings.setKey(entry.action->objectName(), keys == entry.standard ? QString() : toText(keys));
}

void KeyBindings::take(const QKeySequence& key, const QString& exceptName) {
    for (const Entry& entry : m_entries) {
        if (!entry.action || entry.action->objectName() == exceptName) continue;
        QList<QKeySequence> keys = entry.action->shortcuts();
        if (keys.removeAll(key) > 0) put(entry, keys);
    }
}

void KeyBindings::assign(const QString& name, const QKeySequence& key) {
    const Entry* entry = find(name);
    if (!entry) return;
    if (!key.isEmpty()) take(key, name);
    put(*entry, key.isEmpty() ? QList<QKeySequence>{} : QList<QKeySequence>{key});
    emit changed();
}

void KeyBindings::reset(const QString& name) {
    const Entry* entry = find(name);
    if (!entry) return;
    for (const QKeySequence& key : entry->standard) take(key, name);
    put(*entry, entry->standard);
    emit changed();
}

void KeyBindings::resetAll() {
    for (const Entry& entry : m_entries)
        if (entry.action) put(entry, entry.standard);
    emit changed();
}

bool KeyBindings::isOwn(const QString& name) const {
    const Entry* entry = find(name);
    return entry && entry->action->shortcuts() != entry->standard;
}

} // namespace emc
