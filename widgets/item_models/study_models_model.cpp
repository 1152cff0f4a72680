#include "widgets/item_models/study_models_model.h"

#include <QRegularExpression>

#include <algorithm>

#include "widgets/item_models/model_order.h"

namespace emc {

namespace {

QString keyOf(const QStandardItem& item) {
    const QString path = item.data(StudyModelsModel::PathRole).toString(),
                  name = item.data(StudyModelsModel::NameRole).toString();
    return path.isEmpty() ? name : name + QLatin1Char('\t') + path;
}

QStandardItem* makeItem(const QString& text, const std::string& model, const QString& path, const QString& toolTip) {
    auto* item = new QStandardItem(text);
    item->setCheckable(true);
    item->setEditable(false);
    item->setData(QString::fromStdString(model), StudyModelsModel::NameRole);
    item->setData(path, StudyModelsModel::PathRole);
    item->setToolTip(toolTip);
    return item;
}

// The runs of a model that left weights.
std::vector<RunInfo> runsOf(const ModelInfo& info, const std::vector<RunInfo>& runs) {
    std::vector<RunInfo> found;
    for (const RunInfo& run : runs) {
        std::error_code unreadable;
        if (run.model == info.name && std::filesystem::exists(run.folder / "best.safetensors", unreadable))
            found.push_back(run);
    }
    return found;
}

} // namespace

StudyModelsModel::StudyModelsModel(QObject* parent) : QStandardItemModel(parent) {
    connect(this, &QStandardItemModel::itemChanged, this, &StudyModelsModel::onItem);
}

QString StudyModelsModel::groupOf(const QString& run) {
    static const QRegularExpression seed(QStringLiteral("[-_. ]*(?:seed|s)[-_. ]?\\d+(?:-\\d{8}-\\d{6}-\\d+)?$"));
    QString name = run;
    return name.remove(seed);
}

void StudyModelsModel::setModels(const std::vector<ModelInfo>& models, const std::vector<RunInfo>& runs) {
    m_quiet = true;
    clear();
    const auto usable = [&](const ModelInfo& info) {
        return info.condition == "baseline" || !info.checkpoint.empty() || !runsOf(info, runs).empty();
    };
    for (const ModelInfo& info : usableFirst(models, usable)) {
        auto* row = makeItem(QString::fromStdString(info.label.empty() ? info.name : info.label), info.name, {},
                             QString::fromStdString(info.help));
        if (info.condition != "baseline") {
            if (!info.checkpoint.empty())
                row->appendRow(makeItem(tr("weights of the program"), info.name,
                                        QString::fromStdString(info.checkpoint),
                                        QString::fromStdString(info.checkpoint)));
            for (const RunInfo& run : runsOf(info, runs))
                row->appendRow(makeItem(QString::fromStdString(run.name), info.name,
                                        QString::fromStdString(run.folder.string()),
                                        QString::fromStdString(run.folder.string())));
            if (row->rowCount() == 0) {
                row->setEnabled(false);
                row->setToolTip(tr("No weights were found for this model. Train it first."));
            }
        }
        appendRow(row);
    }
    m_quiet = false;
    setTicked(QStringList(m_wanted));
}

// A model stands for its weights: ticked means its own weights, or the first ones, unless others are ticked below it.
void StudyModelsModel::onItem(QStandardItem* item) {
    if (m_quiet) return;
    m_quiet = true;
    if (QStandardItem* parent = item->parent()) {
        bool any = false;
        for (int i = 0; i < parent->rowCount(); ++i) any = any || parent->child(i)->checkState() == Qt::Checked;
        parent->setCheckState(any ? Qt::Checked : Qt::Unchecked);
    } else {
        const bool on = item->checkState() == Qt::Checked;
        bool any = false;
        for (int i = 0; i < item->rowCount(); ++i) {
            if (!on) item->child(i)->setCheckState(Qt::Unchecked);
            any = any || item->child(i)->checkState() == Qt::Checked;
        }
        if (on && !any && item->rowCount() > 0) item->child(0)->setCheckState(Qt::Checked);
    }
    m_quiet = false;
    m_wanted = ticked();
    emit tickedChanged();
}

std::vector<StudyModel> StudyModelsModel::chosen() const {
    std::vector<StudyModel> models;
    for (int r = 0; r < rowCount(); ++r) {
        const QStandardItem& row = *item(r);
        if (row.checkState() != Qt::Checked) continue;
        const std::string name = row.data(NameRole).toString().toStdString(), label = row.text().toStdString();
        std::vector<std::pair<QString, StudyModel>> groups; // in their order
        for (int i = 0; i < row.rowCount(); ++i) {
            const QStandardItem& run = *row.child(i);
            if (run.checkState() != Qt::Checked) continue;
            const QString group = groupOf(run.text());
            auto at = std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == group; });
            if (at == groups.end()) at = groups.insert(groups.end(), {group, StudyModel{label, name, {}}});
            at->second.checkpoints.emplace_back(run.data(PathRole).toString().toStdString());
        }
        if (groups.empty()) models.push_back({label, name, {}});
        for (auto& [group, model] : groups) {
            if (groups.size() > 1) model.label += " · " + group.toStdString();
            models.push_back(std::move(model));
        }
    }
    return models;
}

QStringList StudyModelsModel::groups() const {
    QStringList names;
    for (int r = 0; r < rowCount(); ++r)
        for (int i = 0; i < item(r)->rowCount(); ++i)
            if (const QString run = item(r)->child(i)->text(); run.contains(QLatin1Char('/')))
                names.append(run.section(QLatin1Char('/'), 0, 0));
    names.removeDuplicates();
    names.sort();
    return names;
}

void StudyModelsModel::tickGroup(const QString& group) {
    QStringList keys;
    for (int r = 0; r < rowCount(); ++r) {
        if (item(r)->rowCount() == 0 && item(r)->checkState() == Qt::Checked) keys.append(keyOf(*item(r)));
        for (int i = 0; i < item(r)->rowCount(); ++i)
            if (item(r)->child(i)->text().startsWith(group + QLatin1Char('/'))) keys.append(keyOf(*item(r)->child(i)));
    }
    setTicked(keys);
}

QStringList StudyModelsModel::ticked() const {
    QStringList keys;
    for (int r = 0; r < rowCount(); ++r) {
        if (item(r)->checkState() == Qt::Checked) keys.append(keyOf(*item(r)));
        for (int i = 0; i < item(r)->rowCount(); ++i)
            if (item(r)->child(i)->checkState() == Qt::Checked) keys.append(keyOf(*item(r)->child(i)));
    }
    return keys;
}

void StudyModelsModel::setTicked(const QStringList& ticked) {
    m_quiet = true;
    m_wanted = ticked; // what is not in the list yet may come with the next runs
    for (int r = 0; r < rowCount(); ++r) {
        bool any = false;
        for (int i = 0; i < item(r)->rowCount(); ++i) {
            const bool on = ticked.contains(keyOf(*item(r)->child(i)));
            item(r)->child(i)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
            any = any || on;
        }
        const bool wanted = ticked.contains(keyOf(*item(r))) && item(r)->isEnabled();
        item(r)->setCheckState(any || wanted ? Qt::Checked : Qt::Unchecked);
        if (wanted && !any && item(r)->rowCount() > 0) item(r)->child(0)->setCheckState(Qt::Checked);
    }
    m_quiet = false;
    emit tickedChanged();
}

} // namespace emc
