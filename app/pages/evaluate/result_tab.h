#pragma once
// What the tabs of a measured result have in common: a head with choices, export and start; the plots, or a sentence as
// long as there are none; a note below.
#include <QWidget>

#include <initializer_list>

class QLabel;
class QSpinBox;

namespace emc {

class Button;

class ResultTab : public QWidget {
    Q_OBJECT
public:
    virtual bool hasResult() const = 0;
    void setMeasuring(bool measuring); // as long as there is no earlier result, the sentence says so

signals:
    void startRequested();
    void exportRequested();

protected:
    explicit ResultTab(QWidget* parent) : QWidget(parent) {}
    // Once, by the constructor of the tab: all widgets find their place.
    void build(std::initializer_list<QWidget*> choices, const QString& start, QWidget* body, const QString& empty);
    QSpinBox* spin(int low, int high, int value, const QString& prefix, const QString& suffix, const QString& name);
    void setStartEnabled(bool enabled);
    void setNote(const QString& note);
    void refresh();          // shows the plots, or the sentence
    virtual void draw() = 0; // there is a result
    void changeEvent(QEvent* event) override;

private:
    Button *m_start = nullptr, *m_export = nullptr;
    QWidget* m_body = nullptr;
    QString m_emptyText;
    QLabel *m_empty = nullptr, *m_note = nullptr;
};

} // namespace emc
