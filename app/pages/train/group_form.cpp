#include "app/pages/train/group_form.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

namespace emc {

namespace {

constexpr int kMostSeeds = 100, kRowsShown = 4;

// Nothing when a word is no seed.
std::optional<std::vector<int>> seedsIn(const QString& text) {
    static const QRegularExpression between(QStringLiteral("[,;\\s]+"));
    std::vector<int> seeds;
    for (const QString& word : text.split(between, Qt::SkipEmptyParts)) {
        bool whole = false;
        const int seed = word.toInt(&whole);
        if (!whole || seed < 0) return {};
        if (std::find(seeds.begin(), seeds.end(), seed) == seeds.end()) seeds.push_back(seed);
    }
    return seeds;
}

} // namespace

GroupForm::GroupForm(QWidget* parent)
    : QWidget(parent), m_on(new QCheckBox(tr("Several seeds and models"), this)), m_inside(new QWidget(this)),
      m_seeds(new QLineEdit(QStringLiteral("1, 2, 3"), m_inside)), m_models(new QListWidget(m_inside)),
      m_note(makeLabel({}, "caption", m_inside)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 0);
    column->setSpacing(6);
    m_on->setToolTip(tr("Trains every ticked model with every seed into one folder, one run after another"));
    column->addWidget(m_on);
    auto* inside = new QVBoxLayout(m_inside);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(makeLabel(tr("Seeds"), "muted", m_inside));
    m_seeds->setAccessibleName(tr("Seeds of the group"));
    row->addWidget(m_seeds, 1);
    inside->addLayout(row);
    m_models->setAccessibleName(tr("Models of the group"));
    m_models->setFont(Theme::of(this).font(12));
    m_models->setSelectionMode(QAbstractItemView::NoSelection);
    m_models->setFixedHeight(kRowsShown * metrics::kListRow + 2);
    inside->addWidget(m_models);
    m_note->setWordWrap(true);
    inside->addWidget(m_note);
    column->addWidget(m_inside);
    m_inside->hide();
    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        m_inside->setVisible(on);
        refreshNote();
        emit toggled(on);
    });
    connect(m_seeds, &QLineEdit::textChanged, this, &GroupForm::refreshNote);
    connect(m_models, &QListWidget::itemChanged, this, &GroupForm::refreshNote);
}

void GroupForm::setModels(const QStringList& labels, const QStringList& names) {
    const QJsonObject before = state();
    m_models->clear();
    for (qsizetype i = 0; i < names.size(); ++i) {
        auto* item = new QListWidgetItem(labels.value(i), m_models);
        item->setData(Qt::UserRole, names[i]);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    setState(before);
}

void GroupForm::suggest(const QString& model) {
    if (!models().empty()) return;
    const QString host = model.section(QStringLiteral("-emc"), 0, 0);
    for (int i = 0; i < m_models->count(); ++i) {
        const QString name = m_models->item(i)->data(Qt::UserRole).toString();
        if (name.section(QStringLiteral("-emc"), 0, 0) != host) continue;
        m_models->item(i)->setCheckState(Qt::Checked);
        m_models->scrollToItem(m_models->item(i));
    }
}

void GroupForm::setOn(bool on) {
    m_on->setChecked(on);
}

bool GroupForm::isOn() const {
    return m_on->isChecked();
}

std::vector<std::string> GroupForm::models() const {
    std::vector<std::string> names;
    for (int i = 0; i < m_models->count(); ++i)
        if (m_models->item(i)->checkState() == Qt::Checked)
            names.push_back(m_models->item(i)->data(Qt::UserRole).toString().toStdString());
    return names;
}

std::vector<int> GroupForm::seeds() const {
    return seedsIn(m_seeds->text()).value_or(std::vector<int>());
}

QString GroupForm::fault() const {
    const auto seeds = seedsIn(m_seeds->text());
    if (!seeds) return tr("Seeds are whole numbers from 0, as in 1, 2, 3.");
    if (seeds->empty()) return tr("Name at least one seed.");
    if (static_cast<int>(seeds->size()) > kMostSeeds) return tr("At most %1 seeds make a group.").arg(kMostSeeds);
    if (models().empty()) return tr("Tick at least one model.");
    return {};
}

void GroupForm::refreshNote() {
    const QString problem = fault();
    const int runs = static_cast<int>(models().size() * seeds().size());
    m_note->setText(problem.isEmpty()
                        ? tr("%n run(s); model and seed of the options above do not count.", nullptr, runs)
                        : problem);
}

QJsonObject GroupForm::state() const {
    QJsonArray names;
    for (const std::string& name : models()) names.append(QString::fromStdString(name));
    return {
        {QStringLiteral("on"), isOn()}, {QStringLiteral("seeds"), m_seeds->text()}, {QStringLiteral("models"), names}};
}

void GroupForm::setState(const QJsonObject& state) {
    if (state.isEmpty()) return;
    m_seeds->setText(state.value(QStringLiteral("seeds")).toString().left(1000));
    const QJsonArray names = state.value(QStringLiteral("models")).toArray();
    for (int i = 0; i < m_models->count(); ++i)
        m_models->item(i)->setCheckState(
            names.contains(m_models->item(i)->data(Qt::UserRole).toString()) ? Qt::Checked : Qt::Unchecked);
    setOn(state.value(QStringLiteral("on")).toBool());
    refreshNote();
}

} // namespace emc
