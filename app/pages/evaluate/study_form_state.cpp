// StudyForm, second part: what a session keeps of it.
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

#include "app/pages/evaluate/study_form.h"
#include "widgets/common/controls.h"
#include "widgets/item_models/study_models_model.h"

namespace emc {

std::vector<std::pair<const char*, QCheckBox*>> StudyForm::boxes() const {
    return {{"both", m_everything},     {"no_face", m_noFace},     {"no_speech", m_noSpeech}, {"cma", m_cma},
            {"zeros", m_zeros},         {"mean", m_mean},          {"change", m_change},      {"sd", m_deviation},
            {"published", m_published}, {"untrained", m_untrained}};
}

std::vector<std::pair<const char*, QSpinBox*>> StudyForm::spins() const {
    return {{"samples", m_samples},
            {"sampling_seeds", m_draws},
            {"seed", m_seed},
            {"clips", m_clips},
            {"frames", m_frames}};
}

QJsonObject StudyForm::state() const {
    QJsonArray corpora;
    for (int i = 0; i < m_corpus->count(); ++i) corpora.append(m_corpus->itemData(i).toString());
    QJsonObject ticks;
    QJsonObject numbers;
    for (const auto& [name, spin] : spins()) numbers.insert(QLatin1String(name), spin->value());
    for (const auto& [name, box] : boxes()) ticks.insert(QLatin1String(name), box->isChecked());
    return {
        {QStringLiteral("corpora"), corpora},
        {QStringLiteral("corpus"), corpus()},
        {QStringLiteral("partition"), m_partition->currentData().toString()},
        {QStringLiteral("folder"), m_folder->text()},
        {QStringLiteral("models"), QJsonArray::fromStringList(m_models->ticked())},
        {QStringLiteral("variant"), m_variant->current() == 1 ? QStringLiteral("fixed") : QStringLiteral("official")},
        {QStringLiteral("numbers"), numbers},
        {QStringLiteral("device"), m_device->currentData().toString()},
        {QStringLiteral("ticks"), ticks}};
}

void StudyForm::setState(const QJsonObject& state) {
    if (state.isEmpty()) return;
    m_setting = true;
    const QJsonArray corpora = state.value(QStringLiteral("corpora")).toArray();
    for (qsizetype i = std::min<qsizetype>(corpora.size(), kMostCorpora) - 1; i >= 0; --i)
        if (!corpora.at(i).toString().isEmpty()) setCorpus(corpora.at(i).toString());
    const QString corpus = state.value(QStringLiteral("corpus")).toString();
    if (!corpus.isEmpty()) setCorpus(corpus);
    const auto choose = [&](QComboBox* box, const char* key) {
        if (const int at = box->findData(state.value(QLatin1String(key)).toString()); at >= 0) box->setCurrentIndex(at);
    };
    choose(m_partition, "partition");
    choose(m_device, "device");
    m_folder->setText(state.value(QStringLiteral("folder")).toString());
    if (state.contains(QStringLiteral("models"))) {
        QStringList ticked;
        for (const auto& one : state.value(QStringLiteral("models")).toArray()) ticked.append(one.toString());
        m_models->setTicked(ticked);
    }
    m_variant->setCurrent(state.value(QStringLiteral("variant")).toString() == QLatin1String("fixed") ? 1 : 0);
    const QJsonObject numbers = state.value(QStringLiteral("numbers")).toObject();
    for (const auto& [key, spin] : spins()) spin->setValue(numbers.value(QLatin1String(key)).toInt(spin->value()));
    const QJsonObject ticks = state.value(QStringLiteral("ticks")).toObject();
    for (const auto& [key, box] : boxes()) box->setChecked(ticks.value(QLatin1String(key)).toBool(box->isChecked()));
    m_setting = false;
    refreshNotes();
    emit shownChanged();
    emit changed();
}

} // namespace emc
