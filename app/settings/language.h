#pragma once
// The language of the program. Choosing another one installs its translations; Qt then sends LanguageChange to every
// window, which builds its texts anew.
#include <QObject>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

class QApplication;
class QTranslator;

namespace emc {

class Language : public QObject {
    Q_OBJECT
public:
    explicit Language(QApplication& application, const QString& code = {}, QObject* parent = nullptr);
    ~Language() override;
    // Those that the program speaks, by code and by the name that they have in themselves.
    static const std::vector<std::pair<QString, QString>>& all();
    const QString& code() const { return m_code; } // as all() has it; empty = the system's
    void setCode(const QString& code);

private:
    void install();
    void remove();
    QApplication& m_application;
    QString m_code;
    std::unique_ptr<QTranslator> m_own, m_qt;
};

} // namespace emc
