#pragma once
// The language of the program. Choosing another one installs its translations; Qt then sends LanguageChange to every
// window, which builds its texts anew.
#include <QObject>
#include <QString>

#include <memory>

class QApplication;
class QTranslator;

namespace emc {

class Language : public QObject {
    Q_OBJECT
public:
    explicit Language(QApplication& application, const QString& code = {}, QObject* parent = nullptr);
    ~Language() override;
    const QString& code() const { return m_code; } // "en", "de"; empty = the system's
    void setCode(const QString& code);

private:
    void install();
    void remove();
    QApplication& m_application;
    QString m_code;
    std::unique_ptr<QTranslator> m_own, m_qt;
};

} // namespace emc
