#include "app/pages/explore/transport_bar.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QSignalBlocker>

#include "widgets/common/controls.h"
#include "widgets/timeline/time_axis.h"

namespace emc {

TransportBar::TransportBar(QWidget* parent) : QWidget(parent) {
    setFixedHeight(metrics::kTransport);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_previous = new IconButton(QStringLiteral("prev"), tr("Previous frame"), this);
    m_play = new IconButton(QStringLiteral("play"), tr("Play"), this, 32);
    m_next = new IconButton(QStringLiteral("next"), tr("Next frame"), this);
    m_loop = new IconButton(QStringLiteral("loop"), tr("Loop"), this);
    m_loop->setCheckable(true);
    m_time = new QLabel(this);
    m_time->setFont(Theme::of(this).font(15, QFont::DemiBold));
    m_total = makeLabel({}, "muted", this);
    m_speed = new QComboBox(this);
    m_speed->setAccessibleName(tr("Speed"));
    for (const double speed : {0.25, 0.5, 1.0, 1.5, 2.0})
        m_speed->addItem(QStringLiteral("%1×").arg(locale().toString(speed, 'g', 3)), speed);
    m_speed->setCurrentIndex(2);
    m_speed->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.25×")) + 36);
    m_face = new MeaningToggle(Meaning::Face, QStringLiteral("face"), tr("Face"), {}, this);
    m_speech = new MeaningToggle(Meaning::Speech, QStringLiteral("speech"), tr("Speech"), {}, this);
    m_ea = new MeaningToggle(Meaning::Emotion, QStringLiteral("emotion"), QStringLiteral("EA"), {}, this);
    m_emc = new MeaningToggle(Meaning::Imagined, QStringLiteral("imagined"), QStringLiteral("EMC"), {}, this);
    m_sample = new QComboBox(this);
    m_sample->setAccessibleName(tr("Displayed sample"));
    m_sample->setToolTip(tr("Displayed sample"));
    m_seedBox = new QWidget(this);
    auto* seedRow = new QHBoxLayout(m_seedBox);
    seedRow->setContentsMargins(0, 0, 0, 0);
    seedRow->setSpacing(0);
    m_seed = new Button({}, m_seedBox);
    m_seed->setToolTip(tr("Seed of the draws. Click to type another"));
    m_lock = new IconButton(QStringLiteral("lock"), tr("Seed locked"), m_seedBox);
    m_lock->setCheckable(true);
    m_dice = new IconButton(QStringLiteral("dice"), tr("New draws"), m_seedBox);
    for (QWidget* w : std::initializer_list<QWidget*>{m_seed, m_lock, m_dice}) seedRow->addWidget(w);

    for (QWidget* w : std::initializer_list<QWidget*>{m_previous, m_play, m_next, m_loop}) row->addWidget(w);
    row->addSpacing(4);
    row->addWidget(m_time);
    row->addWidget(m_total);
    row->addSpacing(4);
    row->addWidget(m_speed);
    row->addStretch(1);
    for (QWidget* w : {m_face, m_speech, m_ea, m_emc}) row->addWidget(w);
    row->addSpacing(8);
    row->addWidget(m_sample);
    row->addWidget(m_seedBox);

    connect(m_previous, &QToolButton::clicked, this, [this] { emit stepClicked(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { emit stepClicked(1); });
    connect(m_play, &QToolButton::clicked, this, &TransportBar::playClicked);
    connect(m_loop, &QToolButton::clicked, this, &TransportBar::loopToggled);
    connect(m_speed, &QComboBox::activated, this, [this](int i) { emit speedChosen(m_speed->itemData(i).toDouble()); });
    connect(m_face, &QAbstractButton::clicked, this, &TransportBar::faceToggled);
    connect(m_speech, &QAbstractButton::clicked, this, &TransportBar::speechToggled);
    connect(m_ea, &QAbstractButton::clicked, this, &TransportBar::eaToggled);
    connect(m_emc, &QAbstractButton::clicked, this, &TransportBar::emcToggled);
    connect(m_sample, &QComboBox::activated, this, &TransportBar::sampleChosen);
    connect(m_seed, &QPushButton::clicked, this, &TransportBar::editSeed);
    connect(m_lock, &QToolButton::clicked, this, &TransportBar::seedLockToggled);
    connect(m_dice, &QToolButton::clicked, this, &TransportBar::seedClicked);
    setSamples(kSamples);
    setTime(0, 0);
    setSession({});
}

void TransportBar::editSeed() {
    bool ok = false;
    const QString text = QInputDialog::getText(this, tr("Seed"), tr("Seed of the draws, a whole number:"),
                                               QLineEdit::Normal, QString::number(m_seedValue), &ok);
    const quint64 seed = text.trimmed().toULongLong(&ok);
    if (ok) emit seedEdited(seed);
}

void TransportBar::setTime(double seconds, double totalSeconds) {
    m_time->setText(QString::fromStdString(timecode(seconds)));
    m_total->setText(QStringLiteral("/ ") + QString::fromStdString(timecode(totalSeconds)));
    if (m_time->minimumWidth() < m_time->sizeHint().width()) m_time->setMinimumWidth(m_time->sizeHint().width());
}

void TransportBar::setPlaying(bool playing) {
    m_play->setIconName(playing ? QStringLiteral("pause") : QStringLiteral("play"));
    m_play->setName(playing ? tr("Pause") : tr("Play"), m_playKey);
}

void TransportBar::setSession(const SessionState& s) {
    m_face->setChecked(s.face);
    m_speech->setChecked(s.speech);
    m_ea->setChecked(s.emotionAttention);
    m_emc->setChecked(s.compensation);
    m_sample->setCurrentIndex(s.sample);
    m_seedValue = s.seed;
    m_seed->setText(tr("seed %1").arg(s.seed));
    m_lock->setChecked(s.seedLocked);
    m_lock->setIconName(s.seedLocked ? QStringLiteral("lock") : QStringLiteral("unlock"));
    m_session = s;
    name();
    m_loop->setChecked(s.loop.has_value());
}

void TransportBar::setSpeed(double speed) {
    const int index = m_speed->findData(speed);
    if (index >= 0) m_speed->setCurrentIndex(index);
}

double TransportBar::speed() const {
    return m_speed->currentData().toDouble();
}

void TransportBar::setSamples(int samples) {
    const int current = m_sample->currentIndex();
    m_sample->clear();
    for (int i = 1; i <= samples; ++i)
        m_sample->addItem(m_compact ? QStringLiteral("%1/%2").arg(i).arg(samples)
                                    : tr("Sample %1 of %2").arg(i).arg(samples));
    m_sample->setCurrentIndex(std::max(0, current));
    m_sample->setFixedWidth(fontMetrics().horizontalAdvance(m_sample->itemText(samples - 1)) + 36);
}

void TransportBar::setCompact(bool compact) {
    if (m_compact == compact) return;
    m_compact = compact;
    setSamples(kSamples);
    for (MeaningToggle* toggle : {m_face, m_speech, m_ea, m_emc}) toggle->setKeyVisible(!compact);
    m_total->setVisible(!compact);
}

void TransportBar::setRoomy(bool roomy) {
    m_dice->setVisible(roomy);
}

void TransportBar::setNarrow(bool narrow) {
    for (QWidget* w : std::initializer_list<QWidget*>{m_ea, m_emc, m_sample, m_seedBox, m_speed, m_loop})
        w->setVisible(!narrow);
    m_total->setVisible(!narrow && !m_compact);
    for (MeaningToggle* toggle : {m_face, m_speech, m_ea, m_emc}) toggle->setKeyVisible(!m_compact && !narrow);
}

void TransportBar::setEmotionSwitches(const QString& whyNotEa, const QString& whyNotEmc) {
    m_whyNotEa = whyNotEa, m_whyNotEmc = whyNotEmc;
    m_ea->setEnabled(whyNotEa.isEmpty());
    m_emc->setEnabled(whyNotEmc.isEmpty());
    name();
}

void TransportBar::setKeys(const std::function<QString(const char* action)>& keyOf) {
    m_switchKeys = {keyOf("toggle-face"), keyOf("toggle-speech"), keyOf("toggle-ea"), keyOf("toggle-emc")};
    m_playKey = keyOf("play"), m_lockKey = keyOf("lock-seed");
    MeaningToggle* const toggles[] = {m_face, m_speech, m_ea, m_emc};
    for (std::size_t i = 0; i < 4; ++i) toggles[i]->setKey(m_switchKeys[i]);
    m_previous->setName(tr("Previous frame"), keyOf("step-back"));
    m_next->setName(tr("Next frame"), keyOf("step-on"));
    m_loop->setName(tr("Loop the marked part"), keyOf("loop"));
    m_dice->setName(tr("New draws"), keyOf("new-draws"));
    name();
}

// Names and tooltips: they hang on the state, on the keys and on what has an effect.
void TransportBar::name() {
    const SessionState& s = m_session;
    struct Named {
        MeaningToggle* toggle;
        QString word, state, tip;
    };
    const Named named[] = {
        {m_face, tr("Face"), s.face ? tr("available") : tr("missing"), tr("The model sees the speaker's face")},
        {m_speech, tr("Speech"), s.speech ? tr("available") : tr("missing"), tr("The model hears the speaker")},
        {m_ea, tr("Emotion attention"), s.emotionAttention ? tr("on") : tr("off"),
         m_whyNotEa.isEmpty() ? tr("Emotion attention") : m_whyNotEa},
        {m_emc, tr("Compensation"), s.compensation ? tr("on") : tr("off"),
         m_whyNotEmc.isEmpty() ? tr("Compensation: what is missing is imagined; off = the host model alone")
                               : m_whyNotEmc}};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto& [toggle, word, state, tip] = named[i];
        const QString& key = m_switchKeys[i];
        toggle->setAccessibleName(key.isEmpty() ? tr("%1, %2, toggle").arg(word, state)
                                                : tr("%1, %2, toggle, shortcut %3").arg(word, state, key));
        toggle->setToolTip(key.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, key));
    }
    m_lock->setName(s.seedLocked ? tr("Seed is locked: every toggle uses the same draws")
                                 : tr("Seed is open: every toggle draws anew"),
                    m_lockKey);
}

} // namespace emc
