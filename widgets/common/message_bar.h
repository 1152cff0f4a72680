#pragma once
// Messages stay in the window, above the page, and never cover work: one sentence, one action, copy details, close.
#include <QFrame>
#include <QString>

#include <functional>

class QLabel;
class QTimer;
class QVBoxLayout;

namespace emc {

enum class Severity { Info, Ok, Warning, Error };

struct Message {
    Severity severity = Severity::Info;
    QString text;    // one sentence
    QString details; // copied by "Copy details"; empty = no such button
    QString action;  // label of the one action; empty = none
    std::function<void()> run;
    QString key; // a later message of the same key takes this one's place
};

// A stack of at most three bars. Info and Ok close themselves after 10 s.
class MessageArea : public QWidget {
    Q_OBJECT
public:
    explicit MessageArea(QWidget* parent = nullptr);
    void show(const Message& message);
    void clear(const QString& key = {});
    int count() const;
    QString lastText() const;

private:
    QVBoxLayout* m_column;
};

} // namespace emc
