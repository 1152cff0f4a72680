#pragma once
// Foot of the Train page: several models and seeds as one group instead of a single run.
#include <QJsonObject>
#include <QWidget>

#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;

namespace emc {

class GroupForm : public QWidget {
    Q_OBJECT
public:
    explicit GroupForm(QWidget* parent = nullptr);
    void setModels(const QStringList& labels, const QStringList& names);
    // Ticks a model in all its forms, unless models are ticked already.
    void suggest(const QString& model);
    void setOn(bool on);
    bool isOn() const;
    std::vector<std::string> models() const;
    std::vector<int> seeds() const; // each once, in their order
    QString fault() const;          // empty when a group can be started
    QJsonObject state() const;
    void setState(const QJsonObject& state);

signals:
    void toggled(bool on);

private:
    void refreshNote();
    QCheckBox* m_on;
    QWidget* m_inside;
    QLineEdit* m_seeds;
    QListWidget* m_models;
    QLabel* m_note;
};

} // namespace emc
