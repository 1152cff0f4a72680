#include "app/settings/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace emc {

const std::vector<std::pair<QString, QString>>& Language::all() {
    static const std::vector<std::pair<QString, QString>> languages = {
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("de"), QStringLiteral("Deutsch")},
        {QStringLiteral("fr"), QStringLiteral("Français")},
        {QStringLiteral("zh"), QStringLiteral("简体中文")}, // Simplified Chinese
    };
    return languages;
}

Language::Language(QApplication& application, const QString& code, QObject* parent)
    : QObject(parent), m_application(application), m_code(code) {
    install();
}

Language::~Language() {
    remove();
}

void Language::setCode(const QString& code) {
    if (code == m_code) return;
    remove();
    m_code = code;
    install();
}

void Language::install() {
    QLocale locale = m_code.isEmpty() ? QLocale::system() : QLocale(m_code);
    if (locale.language() == QLocale::C) locale = QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale); // before the translators: they make windows build their texts and numbers anew
    auto qt = std::make_unique<QTranslator>();
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        m_qt = std::move(qt), m_application.installTranslator(m_qt.get());
    auto own = std::make_unique<QTranslator>();
    // The English one holds the plurals.
    if (own->load(locale, QStringLiteral("emc"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        own->load(QStringLiteral(":/i18n/emc_en.qm")))
        m_own = std::move(own), m_application.installTranslator(m_own.get());
}

void Language::remove() {
    for (auto* translator : {&m_own, &m_qt}) {
        if (*translator) m_application.removeTranslator(translator->get());
        translator->reset();
    }
}

} // namespace emc
