#pragma once
// Play, step, loop, time, speed, the four switches, sample and seed: one row of 40 px.
#include <QWidget>

#include <array>
#include <functional>

#include "app/session/session_state.h"

class QComboBox;
class QLabel;

namespace emc {

class IconButton;
class MeaningToggle;
class Button;

class TransportBar : public QWidget {
    Q_OBJECT
public:
    explicit TransportBar(QWidget* parent = nullptr);
    void setTime(double seconds, double totalSeconds);
    void setPlaying(bool playing);
    void setSession(const SessionState& session);
    void setSpeed(double speed);
    void setSamples(int samples);
    void setCompact(bool compact);
    void setRoomy(bool roomy);   // room for the dice too
    void setNarrow(bool narrow); // beside the wide CMA dock: only transport and the two modalities
    // Why a switch has no effect on what is shown; empty = it has.
    void setEmotionSwitches(const QString& whyNotEa, const QString& whyNotEmc);
    double speed() const;
    // Keys of the commands, as text; empty = none.
    void setKeys(const std::function<QString(const char* action)>& keyOf);

signals:
    void playClicked();
    void stepClicked(int frames);
    void loopToggled(bool on);
    void speedChosen(double speed);
    void faceToggled(bool on);
    void speechToggled(bool on);
    void eaToggled(bool on);
    void emcToggled(bool on);
    void sampleChosen(int sample);
    void seedClicked(); // new draws
    void seedLockToggled();
    void seedEdited(quint64 seed);

private:
    void editSeed();
    IconButton *m_previous, *m_play, *m_next, *m_loop, *m_lock, *m_dice;
    QLabel *m_time, *m_total;
    QComboBox *m_speed, *m_sample;
    MeaningToggle *m_face, *m_speech, *m_ea, *m_emc;
    Button* m_seed;
    QWidget* m_seedBox;
    quint64 m_seedValue = 7;
    bool m_compact = false;
    SessionState m_session;
    QString m_whyNotEa, m_whyNotEmc, m_playKey, m_lockKey;
    std::array<QString, 4> m_switchKeys; // face, speech, EA, EMC
    void name();
};

} // namespace emc
