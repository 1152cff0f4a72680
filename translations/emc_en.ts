<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>StudyWords</name>
    <message numerus="yes">
        <source> ± %1 over %n training seed(s)</source>
        <translation>
            <numerusform> ± %1 over %n training seed</numerusform>
            <numerusform> ± %1 over %n training seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> ± %1 over %n draw(s) of one network: says nothing about other trainings</source>
        <translation>
            <numerusform> ± %1 over %n draw of one network: says nothing about other trainings</numerusform>
            <numerusform> ± %1 over %n draws of one network: says nothing about other trainings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::ClipsTab</name>
    <message numerus="yes">
        <source>%n clip(s); bar: this row, line and dashes: %1; better on %2</source>
        <translation>
            <numerusform>%n clip; bar: this row, line and dashes: %1; better on %2</numerusform>
            <numerusform>%n clips; bar: this row, line and dashes: %1; better on %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s), best first</source>
        <translation>
            <numerusform>%n clip</numerusform>
            <numerusform>%n clips, best first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 from %n reaction(s)</source>
        <translation>
            <numerusform>%1: %2 from %n reaction</numerusform>
            <numerusform>%1: %2 from %n reactions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::DoctorPage</name>
    <message numerus="yes">
        <source>%1, %n thread(s)</source>
        <translation>
            <numerusform>%1, %n thread</numerusform>
            <numerusform>%1, %n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) need a fix.</source>
        <translation>
            <numerusform>%n point needs a fix.</numerusform>
            <numerusform>%n points need a fix.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::EvaluatePage</name>
    <message numerus="yes">
        <source>%1 variant · %n clip(s) × %2 reactions</source>
        <translation>
            <numerusform>%1 variant · %n clip × %2 reactions</numerusform>
            <numerusform>%1 variant · %n clips × %2 reactions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s) to go</source>
        <translation>
            <numerusform>%n reaction to go</numerusform>
            <numerusform>%n reactions to go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) to score</source>
        <translation>
            <numerusform>%n row to score</numerusform>
            <numerusform>%n rows to score</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::ExplorePage</name>
    <message numerus="yes">
        <source>Look at %n clip(s)</source>
        <translation>
            <numerusform>Look at %n clip</numerusform>
            <numerusform>Look at %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>computing %n reaction(s)</source>
        <translation>
            <numerusform>computing %n reaction</numerusform>
            <numerusform>computing %n reactions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::GroupForm</name>
    <message numerus="yes">
        <source>%n run(s); model and seed of the options above do not count.</source>
        <translation>
            <numerusform>%n run; model and seed of the options above do not count.</numerusform>
            <numerusform>%n runs; model and seed of the options above do not count.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::JobsButton</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::LeftDock</name>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing span(s)</source>
        <translation>
            <numerusform>%n missing span</numerusform>
            <numerusform>%n missing spans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::MainWindow</name>
    <message numerus="yes">
        <source>Add %n clip(s)</source>
        <translation>
            <numerusform>Add %n clip</numerusform>
            <numerusform>Add %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added %n clip(s).</source>
        <translation>
            <numerusform>Added %n clip.</numerusform>
            <numerusform>Added %n clips.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n video(s)</source>
        <translation>
            <numerusform>Import %n video</numerusform>
            <numerusform>Import %n videos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for clips in %n folder(s)</source>
        <translation>
            <numerusform>Look for clips in %n folder</numerusform>
            <numerusform>Look for clips in %n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Importing %n video(s): face and sound are being measured.</source>
        <translation>
            <numerusform>Importing %n video: face and sound are being measured.</numerusform>
            <numerusform>Importing %n videos: face and sound are being measured.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::RelinkDialog</name>
    <message numerus="yes">
        <source>%n clip(s) found in %1.</source>
        <translation>
            <numerusform>%n clip found in %1.</numerusform>
            <numerusform>%n clips found in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) are not where the session left them.</source>
        <translation>
            <numerusform>%n clip is not where the session left it.</numerusform>
            <numerusform>%n clips are not where the session left them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::RobustnessTab</name>
    <message numerus="yes">
        <source>%1, %n clip(s), %2 reactions each, %3 variant; the same gaps for every model.</source>
        <translation>
            <numerusform>%1, %n clip, %2 reactions each, %3 variant; the same gaps for every model.</numerusform>
            <numerusform>%1, %n clips, %2 reactions each, %3 variant; the same gaps for every model.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::StatusLine</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::StudyTableModel</name>
    <message numerus="yes">
        <source>%n training seed(s)</source>
        <translation>
            <numerusform>%n training seed</numerusform>
            <numerusform>%n training seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draw(s)</source>
        <translation>
            <numerusform>%n draw</numerusform>
            <numerusform>%n draws</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emc::TrainPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
</TS>
