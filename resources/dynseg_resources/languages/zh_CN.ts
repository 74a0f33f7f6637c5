<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>window</name>
    <message>
      <extracomment>actions/build.py</extracomment>
      <source>Accept and next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Add a class…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Type the name of a new class below the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Import names…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Add the classes of a data.yaml, a classes.txt or a model; those that are there stay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Edit class…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Name, colour and number key of the current class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Move class &amp;up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Put the current class one place further up; the order is the one of exports.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Move class &amp;down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Put the current class one place further down.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Merge into another class…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Give all shapes of the current class another one, in the whole project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>De&amp;lete class…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Delete the current class; says first how many shapes and images have it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Hide or show this class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Shapes of a hidden class are neither drawn nor picked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Lo&amp;ck or unlock this class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Shapes of a locked class are drawn, but neither picked nor changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Show &amp;only this class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Hide all classes but the current one; once more shows all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Close the shape being drawn</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Take the last point back while drawing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Draw freely</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move a vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Add a vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Delete a vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Sweep vertices away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Draw a part of the outline anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Paint or erase with the brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move a shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Select more than one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Select what lies below</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Change the class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Zoom at the cursor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Fit the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move the view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Hide shapes for a moment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>double-click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>click on the first point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag while drawing a polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag on an edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+click on an edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift+click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+Shift+click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Backspace with the pointer on it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+drag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift+drag from a vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift+click on a vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift: the opposite</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag inside a selected shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Ctrl+click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag on empty ground</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>click again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>double-click on a shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Ctrl+wheel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>wheel (setting)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Space+drag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>middle drag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>wheel, Shift+wheel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>middle double-click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>click or drag in the mini-map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>hold H</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>arrows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>Shift+arrows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Pre-label this image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Let the model propose shapes; what people drew is never touched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Pre-label &amp;many images…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Pre-label the whole project; you can go on working meanwhile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Stop the running job; what is done stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Take the last run &amp;back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Undo the last batch as a whole; shapes that you changed since are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Sho&amp;w what the last run changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>What the last batch added, removed and changed: in the list and on the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Train on reviewed images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Teach the model what you have reviewed, in a process of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Find label errors…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>List reviewed labels that a model disputes which never saw them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Choose model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Pre-label with another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>M&amp;odels…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>All models of this project: compare, rename, delete, restore, export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Add a model file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>A model of this program or an Ultralytics YOLO11-seg checkpoint; nothing in it runs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Get a p&amp;ublished model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>YOLO11-seg trained on COCO; size, licence and address are shown first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Go back to the previous model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Use the model that was active before the last promotion.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Join</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Make one shape of the selected ones; the one selected first gives its class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>S&amp;ubtract the others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Take the other selected shapes away from the one selected first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Keep what they &amp;share</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Leave of the selected shapes only what lies in all of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Separate the &amp;parts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Make every part of the selected shapes a shape of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Fill holes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Fill the holes of the selected shapes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Si&amp;mplify, smooth or densify…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Fewer, softer or more points, with a slider and a preview.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Refine with the model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>The model looks at the selected shapes again, from close up, and outlines them anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Fit the &amp;borders to neighbours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Close gaps and small overlaps with neighbours, so that borders are shared exactly.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Mo&amp;ve up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes one place further up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Move &amp;down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes one place further down.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>To the &amp;top</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes above all others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>To the bottom</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes below all others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Lock or unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Locked shapes are shown, but neither picked nor changed on the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Hide the selected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Hide the selected shapes until they are shown again or another image opens.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Sho&amp;w and unlock all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Show and unlock every shape of this image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>{key} in review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open &amp;folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open a folder of images or a project; images are never moved or changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open &amp;image…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open one image together with the folder it lies in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ne&amp;w project…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Choose folder, classes, model and validation images before you start.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ta&amp;ke over labels…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Make a project of images and labels that another program left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open the sample &amp;project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>A small project to try everything on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Look for &amp;new images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Find images that were added to or removed from the folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Add frames of a &amp;video…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Take frames of a video, or pages of a TIFF, as images; the file is only read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Everything is saved as you work; this waits until the last change is on the disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Backups…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Look at the verified copies of your labels, make one, bring one back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Check labels…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>List broken, tiny, doubled and overlapping shapes; repair with one click.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>I&amp;mport labels…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Read YOLO, COCO, labelme, CVAT and more; what comes in is shown first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Export…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Write YOLO-seg, COCO, labelme, VOC or masks; what is lost is listed first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Se&amp;ttings…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Look, keys, model and training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ke&amp;ys…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Choose another key for any action.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Close the window; everything is saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Take the last change of this image back, also one of an earlier day.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Do again what was taken back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Histor&amp;y</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Every step of this image and of the project: look at it, go there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ca&amp;ncel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Give up the shape being drawn, else clear the selection, else go back to editing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Copy the selected shapes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>P&amp;aste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the copied shapes into this image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Duplicate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Copy and paste the selected shapes in one go.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Copy all from pre&amp;vious image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the shapes of the previous image into this one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select a&amp;ll</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select every shape of this image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>C&amp;hange class…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Give the selected shapes another class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Dele&amp;te</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Delete the selected shapes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Zoom &amp;in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the image larger.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Zoom &amp;out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the image smaller.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Fit image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the whole image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Fit &amp;width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the full width of the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;100 %</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show one image pixel on one screen pixel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Zoom to &amp;selection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Fill the view with what is selected.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Hide shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Hide all shapes until it is switched off; hold H to hide them for a moment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Outlines o&amp;nly</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Draw shapes without a fill.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Class names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Write class and score beside each shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Thumbnails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the images of the list as pictures with their shapes; Enter opens one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Mini-map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the whole image in a corner while only a part of it is in sight.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Pixel &amp;grid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Draw lines between the pixels of the image from 800 % on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Brightness and contrast…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show every image brighter, darker or with other contrast; files stay as they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Reset brightness and contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show images as their files have them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Light or &amp;dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Switch between light and dark colours.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>F&amp;ull screen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Use the whole screen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Review &amp;mode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go through what the model proposed: Tab, Y and X for objects, Enter for the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Accept image and go to the next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Everything on this image is right: mark it reviewed, show the next unreviewed one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Skip image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Leave this image out of review and training; its shapes are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Mark as &amp;not reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put a reviewed or skipped image back to work.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ne&amp;xt image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the next image of the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Previous image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the previous image of the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Next &amp;unreviewed image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the next image that nobody has reviewed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Previous unre&amp;viewed image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the previous image that nobody has reviewed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Find an ima&amp;ge…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Type a part of its name above the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Next &amp;object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select the next object, the least certain first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Previous o&amp;bject</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select the object before.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>A&amp;ccept object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Keep the selected proposal as it is: it becomes your work.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Reject object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Remove the selected proposal and go to the next.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Accept all s&amp;hown proposals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Keep every proposal above the confidence of the slider.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Keyboard shortcuts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>All keys, with search.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Find an action…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Type a few letters of anything the program can do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Short texts on first steps, keys and training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;What works here…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Device, driver, libraries, disks and the open project, with the line that mends.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Take the &amp;tour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Two minutes with the real controls, on the sample project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;About</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Version, licence and where this program comes from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selection by 1 px, Shift: 10 px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Class {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Class by number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Give class {number} to the selection, or to what is drawn next.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move left by {px} px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes left by {px} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move right by {px} px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes right by {px} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move up by {px} px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes up by {px} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move down by {px} px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes down by {px} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>List by nam&amp;e</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Sort the images by name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;List by state</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>What needs a person comes first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Suggested f&amp;irst</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Typical images come first; later those that the model doubts, once its doubts are worth following.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Leas&amp;t certain first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Images whose proposals the model is least sure of come first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Most &amp;disputed first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Images where a second model says most else come first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Shu&amp;ffled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Sort the images by lot, the same way every time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Select and edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Select shapes, drag vertices, drag a border to add a vertex.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw &amp;polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Click the corners, or drag to draw freely; Enter closes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw rectan&amp;gle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag from one corner to the opposite one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Paint onto the selected shape, or a new one; Shift erases.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Eraser</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Paint away from the selected shapes, or from the one below; Shift adds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Follow an edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Click along an edge: the outline between two clicks follows it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Find by c&amp;olour in a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag a box around an object: colours tell its outline (GrabCut).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Find with the &amp;model in a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag a box around an object: the model looks closer and outlines it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Pre-label inside a bo&amp;x</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag a box: the model proposes what is in it, and leaves what lies beside it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Segment by &amp;clicks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Click on an object: MobileSAM outlines it, with weights that you fetch once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Spl&amp;it by a line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag a line across a shape: each side becomes a shape of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Cut a &amp;hole</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw what is to be cut out of the selected shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Smaller brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Size of brush and eraser</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Make brush and eraser smaller.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Larger brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Make brush and eraser larger.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw with the &amp;last tool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Take up the last drawing tool again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/closing.py</extracomment>
      <source>The language changes with the next start.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/closing.py</extracomment>
      <source>Some edits are not saved yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/closing.py</extracomment>
      <source>Something is running that would have to stop; your labels are not affected.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Images ({patterns})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>the sample</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Open a folder of images or a project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Open an image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Opening {name} …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/start.py</extracomment>
      <source>Your labels are saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>application/start.py</extracomment>
      <source>You can go on; if something looks wrong, close the window and start again.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>application/start.py</extracomment>
      <source>{n:,} edits are not saved yet.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Free software under the GNU Affero General Public License, version 3 or later. You may use, study, share and change it; who gets the program, or uses it over a network, gets the source too. It comes without any warranty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>any use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>About</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Licence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Show licence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Libraries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Version {version}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Label images for instance segmentation with a model that learns from you, on your own machine. Nothing leaves it without a click that says so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>The segmentation head uses dynamic convolution after ParameterNet (Han et al., CVPR 2024, arXiv 2306.14525) on a YOLO11-seg network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Copy versions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Made</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Why</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>{n:,} reviewed images</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>{n:,} classes</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Backups</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Backups, the newest first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Bring it back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Make one now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>What is there now becomes a backup first, so this can be taken back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Verified copies of all labels. One is made after every half hour of changes and before everything that changes many images; the newest ten and one of each of the last seven days are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>sound</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>A part of this copy is damaged; it comes back with what is sound.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>What it holds cannot be counted: it has an earlier format.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>{count} instead of {before:,}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>There is no backup yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>It holds as many images, shapes, reviews and classes as now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>The project would have {changes}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>, </source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>Left the current model, right the new one, on images that neither was trained on in this run. First the largest gains, then the largest losses. The figure is the panoptic quality: 1 when nothing would be left to do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>What the new model sees otherwise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>better</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>worse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>On no validation image do they differ much.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>{n:,} findings; click one to see it.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>{n:,} findings repaired; undo on the image brings the old shapes back.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>{fixable:,} can be repaired at once: outlines are made valid and cut at the image, tiny and doubled shapes removed. A backup is made first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Check labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Findings, by kind</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Repair</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Look again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Repair {fixable:,}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Nothing is broken or doubtful.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>The first {lines:,} are listed.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>{n:,} further classes go by their name.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>Ignore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>The only class, if there is one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>without a class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>Class that {name} becomes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>Class that shapes without a class become</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>{name} (by name)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>New class {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>&amp;Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>&amp;Other colour…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Number &amp;key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Colour of the class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>A class needs a name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>New class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Colour {colour}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>{number}  (now {owner})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Another class has this name.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>{n:,} shapes carry this class; they follow the change.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>A name is one line.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>{shapes} in {images}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>&amp;Give its shapes the class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>&amp;Delete its shapes as well</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Class that takes over the shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Merge class {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Delete class {name}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>{count} carry the class {name}.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>This concerns the whole project, reviewed images as well, and is one step of undo (Ctrl+Z).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Delete with {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>{name} goes; its shapes get the class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_picker.py</extracomment>
      <source>Change class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_picker.py</extracomment>
      <source>Type a class, or a new one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_picker.py</extracomment>
      <source>Classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/class_picker.py</extracomment>
      <source>New class “{wanted}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Find an action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>What do you want to do?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Actions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Open a folder first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Open an image first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Select a shape first.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/counts.py</extracomment>
      <source>{n:,} images</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/counts.py</extracomment>
      <source>{n:,} shapes</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/counts.py</extracomment>
      <source>{n:,} objects</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Networks that never saw an image judge its labels; what they dispute most stands first. They may be wrong themselves: you decide. Change the image, and its lines are settled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>{words} On {images} images that they never saw the networks reached a panoptic quality of {quality:.2f}; 1 would leave nothing to do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Nobody has looked yet. It takes some minutes, beside your work.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>{n} labels are disputed.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Nothing is disputed any more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Label errors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>How far the search is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Disputed labels, the weightiest first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Look for errors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>What works here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Looking at this machine …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>This takes some seconds; the window can be used meanwhile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Copy report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>This machine could not be looked at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Copied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>What mends it: {name}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>{n} things do not work</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Everything works</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>The lines can be copied into a terminal. Labels are not concerned.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Nothing was sent anywhere; the report can be copied for a question.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/effort_dialog.py</extracomment>
      <source>Work on proposals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Something went wrong</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Show details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Hide details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Part of the images that validate, per cent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>images of one folder stay together</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Read it again at the end and compare every shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Browse…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>% validate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>What is left out or changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Where to export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>For&amp;mat</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Which</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Holes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Parts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Reviewed images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>All images with sha&amp;pes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Choose a folder.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes joined by bridges.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Read again: {shapes}, overlap (IoU) with those of the project {mean} on average, at least {least}, and {objects} too many.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The data set stands alone; takes the space of the images once more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Hard links</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No extra space; only on the same disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Symbolic links</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No extra space; breaks when the images move.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Labels alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No images: for programs that have them already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>As they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>A thin bridge joins each hole to the outline.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Fill</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Holes are left out; the shape covers them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Join by a bridge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Cut through</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>A shape is cut through its holes into pieces.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Thin bridges join the parts to one outline.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>One object each</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Every part becomes an object of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Join by bridges</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The largest alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The smaller parts are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{images}, {size}; {shapes} in, {objects} out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{images}; {shapes} in, {objects} out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Images: {shares}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{shapes} in, {objects} out, as {format}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Read again: it holds no shape, as the project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Read again: {shapes}, overlap (IoU) with those of the project {mean} on average, at least {least}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>  {iou:.5f}  {rel}, shape {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n} bytes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No image is reviewed yet. Accept images with Ctrl+Enter, or export all with shapes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No image has a shape yet.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} images cannot be read: left out.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} objects left out: listed below.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes with holes: holes are filled.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes cut through their holes.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes divided: {objects} more.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} things changed on the way: listed below.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} images without a shape: they say that nothing is there.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} images get a place in train or val first; the others keep theirs.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Left out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Changed</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Holes of {n:,} shapes filled.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes became several objects.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{images} with {objects} exported</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Everything is in it; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>  ... and {more:,} more, none lower</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The format holds everything; nothing is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>It could not be compared: {problem}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Overlap (IoU) of each shape, the lowest first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Repaired or written anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Models that Ultralytics trained on COCO: 80 everyday classes, from person to toothbrush. A good start where your objects resemble them. Nothing is fetched before you press the button.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Without a network: fetch the file at the address above on another computer and put it at the place named above. Then press the button here; nothing is fetched, only checked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>nano: the fastest, right for a processor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>small: better masks, three times the work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>medium: for a GPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>large: for a GPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>extra large: for a strong GPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Get a published model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Give it a &amp;dynamic head: it answers the same, then learns more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{licence}: who passes the model on, or offers its answers as a service, passes on its source too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>How much has come</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Get it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{name}   {size:.0f} MB, {about}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Which model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{done:.1f} of {total:.1f} MB are here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{size:.1f} MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Asking for it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>The file is here already; it is checked and taken in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Take it in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{here:.1f} MB came before; it goes on from there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Add frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Only frames that show something &amp;different from the one before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Take &amp;one frame in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>The frames become image files in {folder}; the file itself is only read. A frame keeps the number that it has in the video, so more of them can be added later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Overview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>First steps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>From other programs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Training</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Labels in and out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>On a cluster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>For developers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>As work to look at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Shapes of a person on images that still wait for review.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>As reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>You vouch for them: they train models and are exported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>As proposals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Dashed, like those of a model: accept or reject them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Recognised: {format}. There is also {others}; choose it here to read that instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Choose what to read. Nothing is changed before you press Import.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Import labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>A file, a folder or a zip archive; or drop it here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>What each class becomes in this project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Recognise by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>What is repaired or cannot be used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Import labels from</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>{format} ({n:,} files)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Recognised: {format}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>F&amp;ile…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>F&amp;older…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Looking at the files …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>&amp;From</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>&amp;Take in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>The source numbers its classes without names: look at what they become below.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>An image of which a shape cannot be used does not become reviewed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>From {source}, read as {format}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{names} and {more} more</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} shapes or files cannot be used: listed below with the place.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} shapes repaired or dropped as doubles: listed below.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} shapes in the project already: not added again.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} shapes left out with their class.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Cannot be used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Repaired or dropped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>By class: {some}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>It is one step: taking it back leaves what was changed since.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{shapes} added; labels were found for {images}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Nothing was repaired and nothing had to be left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>  ... and {more:,} more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{shapes} come in; labels were found for {images} of the project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>New classes: {some}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Say below what each class becomes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>No shape comes in; labels were found for {images} of the project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>None of these labels is for an image of the project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>yours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Search an action or a key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Actions and their keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Take it over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>&amp;Set key…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>&amp;Add another…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Re&amp;move keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>&amp;Reset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Give this action the keys of the preset again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>&amp;Preset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>{key} is the key of {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Another key for “{name}”: press it, Esc to leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>New key for “{name}”: press it, Esc to leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>{key} does “{held}” and stays what it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source> and </source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Reset all keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_field.py</extracomment>
      <source>Press the new key, Esc to leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/key_field.py</extracomment>
      <source>New key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/layout.py</extracomment>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Kind</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Device</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>plain head</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>objects of any kind</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>{n} classes: {names}</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>dynamic head ({placement}, {experts} experts)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>{classes}. {params:.2f} M parameters, {head}, {image_size} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>How far the work with the model is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Add a file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Get YOLO11…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Go back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Models of this project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Use this model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Rename</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Compare</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Measure it and the model in use on the same validation images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Export…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Delete for ever</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>{names} and more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Trained from {parent}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Learned from data snapshot {snapshot}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>This model pre-labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Deleted; it can be restored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Models (*.safetensors *.pt)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Where the images lie. They are never moved or changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Keep the images of one &amp;folder together</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Create project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Go on with labels of another program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>New project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>The built-in starter, which outlines any object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>One name on each line, for instance
nut
bolt</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>&amp;Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Fil&amp;e…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>labelme, X-AnyLabeling, CVAT, Label Studio, COCO, YOLO, VIA, ISAT, Pascal VOC or masks; the kind is recognised. Files of theirs are only read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>From a &amp;file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Leave empty to take those of the labels or the model, or to add them as you go.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>B&amp;rowse…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>A model of this program, or an Ultralytics YOLO11-seg checkpoint (.pt), of which nothing is run.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>That part of the reviewed images trains no model, so that models can be compared.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>This folder is a project already: it will be opened as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Folder of images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Folder of labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Choose a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>File with class names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Class names (*.yaml *.yml *.txt)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Take over labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Only the folder is needed; everything else can be changed later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>C&amp;lasses</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>&amp;Validation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Open project</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>{n:,} images. They are never moved or changed.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>The labels are not at {place}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>No file {place}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>There are no images in this folder or below it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>There is no such folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/notice_list.py</extracomment>
      <source>{stage} {done:,} of {total:,} …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Simplify: fewer points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Simplify outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Smooth: rounder corners</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Smooth outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Densify: more points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Densify outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>What to do</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>How much</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Apply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Select a shape on the image</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>{amount:.1f} px: {before} points become {after}</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <extracomment>dialogs/report_dialog.py</extracomment>
      <source>Findings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/settings_dialog.py</extracomment>
      <source>Sections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/settings_dialog.py</extracomment>
      <source>Defaults of this page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/shortcuts_dialog.py</extracomment>
      <source>Keyboard shortcuts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/shortcuts_dialog.py</extracomment>
      <source>Nothing has such a name or key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/shortcuts_dialog.py</extracomment>
      <source>Change keys…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Brightness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Gamma</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Brightness and contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>For your eyes only: files and models keep their pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>These settings could not be used and have defaults: {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>Your settings could not be written to {path}: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>They hold until the program closes. Labels are not concerned.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>The settings in {path} could not be read ({reason}); defaults are used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>The settings file was damaged; defaults are used and the old file is kept as {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>The settings file was damaged; defaults are used and the old file could not be set aside.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Labelling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Of menus, messages and the guide. The window is made anew; your place in it stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Light or dark; the system's choice is followed while the program runs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Fill of shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>How strongly the inside of a shape is tinted. 0 shows the outline alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Outlines only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Draw shapes without a fill, so that the image stays visible.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Class names on the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Which program's habits the keys follow. F1 lists them; File, Keys changes single ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Wheel zooms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>The mouse wheel zooms at the cursor. Off: the wheel scrolls and Ctrl+wheel zooms.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Keep the zoom between images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Show the next image at the same place and size. Off: each image fits the window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Ask for the class of each new shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>A list opens beside a shape as soon as it is drawn: letters find a class, Enter takes it, Esc keeps the current one. Off: new shapes get the current class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Pre-label an image when it opens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Runs the model on every unlabelled image that you open. Human work is never touched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Proposals below this score are not shown. The slider beside the image changes it for one image at a time without running the model again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Detail of outlines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>How far, in image pixels, a simplified outline may leave the model's. Smaller follows the edge more closely with more points.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Where the model runs. Automatic takes the GPU when it works and says so when it does not.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Large images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Small objects of a large image are lost when the model sees all of it at once. Tiles show them larger and take longer; automatic cuts where labels or proposals are that small.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Image size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Longer side of what the model sees, in pixels. 0 is the size that it was trained with; larger finds smaller objects and takes longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Overlap of objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Two boxes of one class that overlap more than this are taken for one object. Raise it where objects lie on each other, lower it where one object is found twice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Most objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>The surest so many objects of an image are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Half precision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Compute in 16 bits where the device is faster in it. Off: 32 bits, for comparison.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>How long and how deep one training run goes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Learn while labelling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>From the second reviewed image on a model learns in the background and proposes on the images that you open. Takes spare processor time and about 1.5 GB of memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Share kept for validation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Part of the reviewed images that no model trains on, so that models can be compared. An image keeps its place once it has one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>labelme and X-AnyLabeling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>CVAT</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Automatic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>CPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>First GPU (cuda:0)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>As a whole</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>In tiles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Quick</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Standard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Thorough</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>engine</name>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Merge {0} into {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Add class {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Add {0} classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Rename {0} to {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Delete class {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>A class needs a name; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Give it a name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>The name of a class has an unprintable character; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Give it a name in one line.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>There is a class {0} already, so {1} keeps its name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>To make one class of both, merge {0} into {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>A class cannot be merged into itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Choose another class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>The class is no longer in the project; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta speaks of shapes that are not there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta speaks of other shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a changed shape does not fit what it was</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>the bytes of a delta cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta does not have the size that was announced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a shape does not have the points that were announced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>the bytes of a shape end too early</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta is followed by something else</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta has an unknown state</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a part has no ring, or a ring has too few points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/delta.py</extracomment>
      <source>the delta starts from another state</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/delta.py</extracomment>
      <source>the delta removes a shape that is not there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/delta.py</extracomment>
      <source>the delta adds a shape at a place that does not exist</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/base.py</extracomment>
      <source>The shape is no longer in the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/base.py</extracomment>
      <source>A shape needs at least one piece.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>Select two shapes or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>Nothing would be left of the shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>The selected shapes have no holes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>The selected shapes are in one part.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>No other shape is near enough, or the borders fit already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/shapes.py</extracomment>
      <source>This shape is already in the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The hole would leave nothing of the shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The hole lies outside of the selected shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The line does not cut through a shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>Draw it from side to side.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>This piece of the shape is no longer there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The vertex is no longer there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The outline would cross itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>A shape needs at least three points.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>Delete the whole shape instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>A point has no finite position.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/packing.py</extracomment>
      <source>the fields of shapes cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>annotation/packing.py</extracomment>
      <source>the points do not belong to these shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/actor.py</extracomment>
      <source>cannot be fetched ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>{0} machines, {1} models of {2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>a GPU each</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>{0} cores each</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>The cluster at {0} has no cores to run a model on; no label was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Add a machine to it, or run without --ray.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Ray is not installed, so there is no way into a cluster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Install it with `pip install dynseg-annotator[cluster]`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>No Ray cluster answers at {0}; no label was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Check the address and that the cluster runs the same version of Ray ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>The cluster could not go on ({0}); images that were finished keep their proposals.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>Run the same again: it goes on where this one ended.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>Waiting for {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>was answered with damaged data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>Run the same again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>ray, {0} on {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>was lost by the cluster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/storage.py</extracomment>
      <source>{0} cannot be read ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/storage.py</extracomment>
      <source>Check the address and your access to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>{0} is not there on this machine of the cluster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>Keep the project on storage that every machine mounts at the same path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>The run {0} has finished.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>Start a new one from its model instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>The cluster gave the run {0} up ({1}); the active model is unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>Resume it when the cluster is well again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>{0}, torch uses {1}{2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>sudo apt install nvidia-driver-{0}   (Fedora: sudo dnf install akmod-nvidia), then restart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>, {0} of {1} GB of GPU memory free</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>no; the processor computes in 32 bits, which is slower</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>there is a GPU of NVIDIA, and torch is a build for processors alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>uv pip install --reinstall --torch-backend auto torch torchvision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>Kernel Module.*?\s(\d+\.[\d.]+)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>install --force-reinstall torch torchvision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>cpu bf16</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>there is a GPU of NVIDIA, and no driver for it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>Build the bundle with: python packaging/build.py bundle --torch default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>the driver {0} is too old for CUDA {1}, which asks for {2} or newer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>none: the model cannot run ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>CUDA_VISIBLE_DEVICES hides every GPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>the driver {0} is there, and CUDA does not start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>unset CUDA_VISIBLE_DEVICES</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>nvidia-smi   says more; a restart often helps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/examination.py</extracomment>
      <source>settings folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/examination.py</extracomment>
      <source>could not be looked at ({0}: {1})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/extensions.py</extracomment>
      <source>{0}   shows its package; update or uninstall it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>{0} yolo11{1}-seg, {2} M parameters, hash right</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>{0} GB free in {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>install --force-reinstall --no-deps dynseg-annotator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>Unpack the program again: a part of its folder is missing or damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>sudo chown -R "$USER" "{0}"   or set DYNSEG_CONFIG_DIR to another folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>working folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>temporary folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>starter model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>project's disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>program files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>all there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>{0} cannot be written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>the disk is full: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>Training needs some GB: free space first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>dynseg restore "{0}" newest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>dynseg init "{0}" --images "{0}"</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>chmod -R u+rwX "{0}"   or copy the project to a disk of your own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} cannot be written: the project opens read-only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} cannot be read: {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>dynseg models "{0}" promote starter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>active model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} is no project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>project folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} can be written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} images, every row as it was written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>Replace the files, then press F5 in the window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>from PySide6.QtGui import QGuiApplication, QImage
application = QGuiApplication(['doctor'])
print(QImage(8, 8, QImage.Format.Format_RGB32).width())
</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>sudo apt install {0}   (Fedora, RHEL: sudo dnf install {1})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>Qt ended with status {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>Qt could not be started ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} overwrite each other's files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} ends the window on Python {1} after a while</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install --force-reinstall --no-deps opencv-python</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install 'PySide6-Essentials&lt;6.12' 'shiboken6&lt;6.12'</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install --upgrade apsw</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>a bundle, which brings its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install --force-reinstall apsw</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} can damage a database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>is not installed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>cannot be loaded ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} is older than {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>{0} points at {1} Qt: {2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>another program's</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>none in this session; the window needs one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>window libraries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>qt plug-ins</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>extension.py</extracomment>
      <source>{0} cannot be loaded ({1}: {2})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/archive.py</extracomment>
      <source>Unpack it with another program and give the folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/archive.py</extracomment>
      <source>{0} has more than {1} files; not unpacked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/archive.py</extracomment>
      <source>{0} grows over {1} times; not unpacked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/archive.py</extracomment>
      <source>{0} unpacks to over {1} GB; not unpacked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/archive.py</extracomment>
      <source>{0} cannot be unpacked ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>Repair shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>damaged image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>same image in train and val</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>broken outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>outside the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>tiny shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>doubled shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>overlapping shapes of one class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>class without instances</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>shape {0} ({1}) {2} shape {3}{4}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>overlaps {0} with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>reaches {0} px out of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>covers {0} pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>is {0} x {1} pixels now, its labels are for {2} x {3}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>before repairs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>class {0} has no instances</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/checks.py</extracomment>
      <source>is the same file as {0}, but {1}, not {2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/class_names.py</extracomment>
      <source>The labels use class {0}, the classes of the project end at {1}, and the source does not name its classes; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/class_names.py</extracomment>
      <source>Put a classes.txt with one name a line beside the labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/__init__.py</extracomment>
      <source>COCO JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/__init__.py</extracomment>
      <source>One JSON file a split; what Detectron2, MMDetection and pycocotools read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>marks a crowd; taken in as one shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has run lengths without a size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>is a mask of {0} pixels, not {1} x {2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has neither a shape nor a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has no id and file_name of its own; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has no id and name of its own; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>is for an image that the file does not list; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has category {0}, which is not listed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>is a box, not a polygon; kept as a rectangle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has no list of images; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>CVAT 1.1 XML</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>One XML file for a task or project, for images or for video.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>declares a document type or entities, which no label file needs; not read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is not valid XML ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>cannot be read ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a {0} without a label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is of the kind {0}, which has no area</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>has a point that is not a pair of numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a mask without a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a mask that reaches out of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>has a run length that is not a whole number from 0 on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>it is nested too deeply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a track: what lies between its key frames is not in the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>a box, not a polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>an ellipse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is larger than {0} MB; not read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is in no frame; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is {0}; kept as {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>{0} is only read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>Choose another format.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>None of the images could be read; nothing was exported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>Run `dynseg check` to see what is wrong with them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>{0} lies among the images of the project, which would take in its copies.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>Choose a folder outside.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>{0} lies in the project's own data.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>Choose a new folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>{0} holds the project itself; an export replaces its whole folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>{0}; left out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/exporting.py</extracomment>
      <source>{0}; written anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>has no area</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>shape {0} {1}; left out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>is beyond the {0} that a mask holds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>covers no centre of a pixel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>is the same as another one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>has {0} parts; all but the largest are left out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>lies wholly under others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/fitting.py</extracomment>
      <source>lies under others with {0} pixels; cut</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/importing.py</extracomment>
      <source>before an import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/importing.py</extracomment>
      <source>was labelled at {0} x {1} pixels; scaled to {2} x {3}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/importing.py</extracomment>
      <source>its image is {0} already; nothing was added to it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/importing.py</extracomment>
      <source>its image was changed while the labels were read; import again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>ISAT JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>One JSON file an image, as ISAT with segment anything writes it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>has no list of objects; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>has no category</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>a number is not finite, byte {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>has something that is not a number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>has a coordinate that is not a finite number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>has a coordinate far outside of any image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>has no list of points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>has an odd number of coordinates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>is a box without an area</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>is an ellipse without an area</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>is nested too deeply; not read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/json_file.py</extracomment>
      <source>is not valid JSON ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has {0} answers; only one is used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>Label Studio JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>The JSON export of image tasks: polygons, brush masks, rectangles.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has no label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>was drawn on the image turned</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has no data; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>names no image; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has predictions of a model; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has no answer; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has pixels in the unknown form {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>is of the unknown kind {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>is an ellipse; kept as a polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/__init__.py</extracomment>
      <source>labelme and X-AnyLabeling JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/__init__.py</extracomment>
      <source>One JSON file beside each image; what labelme and X-AnyLabeling open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>has a shape type that is no text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is {0}, which has no area</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a circle; kept as a polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a box of neither 2 nor 4 points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a mask without its pixels or its place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a mask far outside the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a mask larger than its image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a circle without a radius</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a mask that cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>has no list of shapes; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is not an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/likeness.py</extracomment>
      <source>Comparing images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/listing.py</extracomment>
      <source>is a link that leads out of the source; not read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/listing.py</extracomment>
      <source>{0} does not exist; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/listing.py</extracomment>
      <source>Check the path for a typing error.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/listing.py</extracomment>
      <source>{0} holds more than {1} files; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/listing.py</extracomment>
      <source>Give the folder of the labels alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/mask_file.py</extracomment>
      <source>is larger than {0} MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/mask_file.py</extracomment>
      <source>is a mask of {0} x {1} pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/masks/__init__.py</extracomment>
      <source>Mask images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/masks/__init__.py</extracomment>
      <source>A black and white PNG for every object; holes, parts and overlaps stay as they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/masks/reader.py</extracomment>
      <source>is all that the mask has: the objects are not told apart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/masks/reader.py</extracomment>
      <source>has class {0}, but there are only {1} classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/masks/reader.py</extracomment>
      <source>{0}; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/matching.py</extracomment>
      <source>its image is {0} x {1} pixels, {2} of the project is </source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/matching.py</extracomment>
      <source>{0}{1} x {2}; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/matching.py</extracomment>
      <source>could be for any of {0} images of that name; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/matching.py</extracomment>
      <source>is not in the project and has no labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/matching.py</extracomment>
      <source>another label file is for {0} as well; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/matching.py</extracomment>
      <source>{0} {1}; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/matching.py</extracomment>
      <source>its image {0} is not in the project; not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/merging.py</extracomment>
      <source>has no class, and the source has several</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/merging.py</extracomment>
      <source>is in the project already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/merging.py</extracomment>
      <source>is the same shape as an earlier one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/merging.py</extracomment>
      <source>is there already as the work of a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/object_map.py</extracomment>
      <source>has {0} different values; not a mask of objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>has bytes after the end of the picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>has several pictures; the first is used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>has several frames; the first is used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>has the pixel format {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>has {0} bits a channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>is no longer {0} x {1} pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>has an alpha channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>has EXIF data behind its pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>is cut off before the end of the picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>cannot be decoded ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/picture.py</extracomment>
      <source>is a {0} turned by EXIF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>crosses itself more than {0} times; not an outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>{0} of its pieces have fewer than 3 points; left out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>reaches out of the image; cut at its border</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>has fewer than 3 different points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>lies outside the image for the most part</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>is a mask without a pixel in the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>nothing is left after a repair</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>covers nothing of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>has pieces that overlap or touch; joined</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>has points outside the image; moved to the border</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/reading.py</extracomment>
      <source>joins {0} outlines by bridges; taken apart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>There is no format {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>Known are {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} holds no labels of a known format; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} holds labels of several formats: {1}; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>Say which one to read, or give the folder that holds only one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} is only written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} is no Format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} has the name {1}, which is taken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has no run lengths</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has run lengths that cannot be decoded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has a negative run length</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has run lengths of {0} pixels, not {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>is a mask without a pixel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has no list of bytes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>is a mask of {0} pixels, not {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has values of more than 8 bits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has run lengths that end too early</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/round_trip.py</extracomment>
      <source>{0} is not a complete export: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/round_trip.py</extracomment>
      <source>Export again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/round_trip.py</extracomment>
      <source>{0} cannot be read again as {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/selection.py</extracomment>
      <source>is smaller than {0} pixels, which ultralytics refuses</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/selection.py</extracomment>
      <source>The project has no classes; nothing was exported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/selection.py</extracomment>
      <source>Add a class and label some images first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/selection.py</extracomment>
      <source>reviewed image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/selection.py</extracomment>
      <source>image with labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/selection.py</extracomment>
      <source>There is no {0}; nothing was exported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/selection.py</extracomment>
      <source>Review images first, or export all labelled ones with `--all`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>the disk is full</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} was not written: {1}; what was there before is unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>Free some space or choose another disk, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} is not a folder; nothing was exported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>Choose a new or empty folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} holds other files; an export replaces its whole folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>Choose a new or empty folder, or the folder of an earlier export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} is missing or damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} MB are needed and {1} MB are free; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>Free some space, choose another disk or link the images instead of copying them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} cannot be written ({1}); nothing was exported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>Choose a folder that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/staging.py</extracomment>
      <source>{0} has another content than the manifest says</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/via.py</extracomment>
      <source>VIA 2 JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/via.py</extracomment>
      <source>The annotations or the project file of the VGG Image Annotator.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/via.py</extracomment>
      <source>has {0} attributes; which one is the class is not said</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/via.py</extracomment>
      <source>has no shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/via.py</extracomment>
      <source>has not as many x as y coordinates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/via.py</extracomment>
      <source>image {0}, region {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/via.py</extracomment>
      <source>has no class; takes the only one there is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/voc/__init__.py</extracomment>
      <source>Pascal VOC masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/voc/__init__.py</extracomment>
      <source>JPEGImages with SegmentationClass and SegmentationObject: one mask for all objects.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/voc/reader.py</extracomment>
      <source>is all of its class: the objects are not told apart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/voc/reader.py</extracomment>
      <source>has class {0}, which is not named</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/voc/reader.py</extracomment>
      <source>has no class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/voc/writer.py</extracomment>
      <source>Pascal VOC holds {0} classes, the project has {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/__init__.py</extracomment>
      <source>Images, label files and data.yaml; what Ultralytics trains on unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>Give the data.yaml of a YOLO data set, or its folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>Choose a data.yaml, or a text file with one name a line.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} does not describe a data set.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} names no class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>it uses aliases</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} is larger than 1 MB; it describes no data set.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} is not a YAML file that can be used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} is no list of class names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>is larger than {0} MB; no label file is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>is not a UTF-8 text file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has fewer than 3 points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has a class that is not a whole number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has the negative class {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has class {0}; more than {1} classes are not possible</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has points far outside the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>is the same as an earlier line; dropped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>its `path` is not inside the source; its own folder is used instead</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>`{0}` names a folder that is not there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>{0} holds no YOLO label files; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>Give the folder with the images and labels folders, or its data.yaml.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>`{0}` leads out of the source; not followed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>is too large for a list of images; not followed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>leads out of the source; not followed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>is too large for a label file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>has class {0}, which the source does not name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>geometry/part.py</extracomment>
      <source>a ring is (N &gt;= 3, 2), not {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>geometry/part.py</extracomment>
      <source>a ring has a coordinate that is not a finite number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>geometry/polygon.py</extracomment>
      <source>crosses itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>geometry/polygon.py</extracomment>
      <source>has a hole outside of its outline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/assist.py</extracomment>
      <source>Colours tell the object from its ground.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/assist.py</extracomment>
      <source>{0} is no Assist</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>brightness stretched to 8 bits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is not there any more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Put it back or rescan.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is not an image that can be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Replace or remove it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is too large to be decoded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Cut it into tiles first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>needs more memory than there is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Copy it again from its source or remove it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is damaged{0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is truncated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>first of {0} frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is {0} x {1} pixels, over the limit of {2} million</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Every 0th frame is none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Give a number of 1 or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>It breaks off after frame {0}: what comes before is there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Only the first {0} frames were looked at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>The disk is nearly full, so no frame was added.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Free some space, or take fewer frames.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} has frames of {1} x {2} pixels, over the limit of {3} million.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Scale it down first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} is not a video that can be read; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Give a video (MP4, MOV, AVI, MKV, WebM, MPEG) or a TIFF with several pages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>The frames could not be written ({0}); nothing was added.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Free some space, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Reading frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Check that it exists.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} cannot be decoded; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Check that it plays in a video player, or convert it to MP4.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} is not a TIFF that can be read; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} holds no frame that can be decoded; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Check that it plays in a video player.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/index.py</extracomment>
      <source>The folder {0} cannot be listed ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>images/index.py</extracomment>
      <source>Check that it exists and that you may read it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>ONNX Runtime is not installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>Install it: pip install onnxruntime</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>chosen by hand</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>There is no backend {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>Use auto, {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>{0} an image here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>full precision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>{0} cannot run the model here ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>Use --backend auto.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>Measuring what is fastest here, once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>The model is ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>Preparing the model for {0}, once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>model name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/choice.py</extracomment>
      <source>{0} cannot run ({1})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} holds other things than weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Fetch mobile_sam.pt again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is damaged: some weights are no numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Fetch it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is too large to be MobileSAM.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is not there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Fetch it, or put it there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is damaged or no file of weights; nothing in it was run.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} holds the weights of another network than MobileSAM.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>The image could not be looked at ({0}); no label was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Close other programs, or draw the outline with another tool.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/describe.py</extracomment>
      <source>What images show could not be kept ({0}); the queue goes on without, no label was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/describe.py</extracomment>
      <source>Make room on the disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the bytes of predictions end too early</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the bytes of predictions do not fit together</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>a ring of a prediction has fewer than 3 points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the points of predictions do not fit together</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the bytes of predictions cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>a part of a prediction has no ring</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>no GPU found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>CUDA cannot start: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>no NVIDIA driver found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>torch was built without CUDA</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>too old</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>the NVIDIA driver is too old for this torch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>it gave no reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>chosen in the settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>There is no device {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>Use auto, cpu, cuda or cuda:0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>there is no GPU number {0}, only {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>no NVIDIA driver</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>driver shared library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>no CUDA-capable device</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/device.py</extracomment>
      <source>No CUDA GPUs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/folder.py</extracomment>
      <source>{0} holds no images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/folder.py</extracomment>
      <source>Give another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/folder.py</extracomment>
      <source>The labels in {0} cannot be written ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/folder.py</extracomment>
      <source>Free some space or choose another folder, then run the same again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/merge.py</extracomment>
      <source>The model knows no class {0}; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/merge.py</extracomment>
      <source>Choose among {0}{1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/pipeline.py</extracomment>
      <source>before a run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>the GPU has too little memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>the GPU failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>The model could not run ({0}); no label was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>The model needs more memory than there is; no label was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>Use a smaller image size or a smaller model, or close other programs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>{0} failed ({1}), torch goes on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/scope.py</extracomment>
      <source>{0} is no choice of images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/scope.py</extracomment>
      <source>Use one of {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/screen.py</extracomment>
      <source>Replace or remove it, then rescan.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>v{0} iou={1} max={2} size={3} simplify={4}{5}{6}{7}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>confidence is in [0, 1], not {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>iou is in (0, 1], not {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>max_detections is in [1, 30000], not {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>image_size is 0 or in [32, {0}], not {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>simplify_px is in [0, 100], not {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>region is four numbers of pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>tiles is one of {0}, not {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>tile_px is 0 or in [32, {0}], not {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/stages.py</extracomment>
      <source>is {0} x {1} pixels now and was {2} x {3} when added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/stages.py</extracomment>
      <source>Rescan the folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/stages.py</extracomment>
      <source>was not needed any more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/tiles.py</extracomment>
      <source>The region to look at lies outside of the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>inference/torch_backend.py</extracomment>
      <source>torch fp16</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>{0}: no head has placement {1} with {2} experts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>Copy the model again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>{0} has a {1} head, which this version does not know.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>Update dynseg, or choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>{0} is not a dynseg model (a .safetensors file with a .json card).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Choose a model that this program has written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>The model {0} is not there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Check the path, or list the project's models.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>{0} was written by a newer version of dynseg.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Update dynseg.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>The card {0} makes no sense.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>{0} has no card: {1} is missing beside it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Copy both files of the model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>The card {0} cannot be read ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>all weights are zero</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>The model {0} was not saved: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>{0} is not the file that its card describes (its hash differs).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>Copy both files of the model again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>{0} cannot be used: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>Choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>{0} has values that are not finite numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>{0} is damaged or no model file ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>Copy it again, or choose another model; labels are as they were.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>{0} does not fit the network that its card describes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>The file {0} is not there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>Check the path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>{0} could not be read within the limits of time and memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>It is damaged, or no checkpoint of a YOLO11 segmentation model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/checkpoint.py</extracomment>
      <source>AGPL-3.0 (https://ultralytics.com/license)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/openvino.py</extracomment>
      <source>OpenVINO is not installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/openvino.py</extracomment>
      <source>Install it: pip install openvino</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT builds a file for the GPU of this machine, and there is none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>Write ONNX here and build it where it is to run.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT cannot read the network ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT could not build the network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>Try one image at a time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT is not installed here, and nothing is installed unasked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>On a machine with an NVIDIA GPU: pip install tensorrt. Or write ONNX and build there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>{0} does not fit this GPU.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>Convert the model here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>Install it: pip install 'dynseg-annotator[export]'</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>{0} would answer otherwise than {1}: boxes differ by up to {2} pixels, scores by {3}. It was not written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>Use another format, or one image at a time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>The package onnx is not installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>The package onnxruntime is not installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Fetching {0}, kB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>{0} could not be fetched ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Try again when the network is there (it goes on where it was), or fetch {0} elsewhere and put it at {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>{0} is not on this computer, and nothing is fetched unasked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Ask for it with --download ({0}), or fetch {1} elsewhere and put it at {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>{0} is not the file that was published (its SHA-256 differs).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Remove it and fetch it again, or import it under another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>What came as {0} is not the file that was published; it was thrown away.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Try again later, or put {0} at {1} by hand.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>the transfer broke off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/head.py</extracomment>
      <source>A head of the kind {0} cannot become dynamic.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/head.py</extracomment>
      <source>Start from a YOLO11 segmentation model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>Train it again, or ask for the file in another way.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>this file is not read, since {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0} is damaged: {1} is missing or of the wrong size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>Copy it again, or choose another model; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its modules lie in each other without end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>a tensor has no numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>a tensor has no shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>a tensor lies outside of its numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it calls {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it is larger than any YOLO11 network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it is a TorchScript program, not a checkpoint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it is not laid out as a checkpoint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its description of the network is too large</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its numbers are in an order of bytes that is not read here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its description of the network never ends</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it holds the operation {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it asks for memory that it does not use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it asks for {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it refers to something outside of the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0} is no checkpoint of PyTorch 1.6 or newer, or is damaged ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>Copy it again; a file of an older PyTorch must be saved again by a newer one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0} is damaged ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0}{1} is no tensor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/plugged.py</extracomment>
      <source>{0} makes no network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/probe.py</extracomment>
      <source>{0} answers with values that are not finite numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/probe.py</extracomment>
      <source>{0} answers the same to every image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>Choose another model; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>its batch norms were folded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>{0} does not fit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>{0} is no YOLO11 segmentation network that is known here ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>Choose the checkpoint that training wrote (best.pt), not a converted one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>No head has the placement {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>Use mask or all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>Choose a YOLO11 segmentation model (yolo11n-seg.pt, or one that was trained from it).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a detection model: it finds boxes and no masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a pose model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a model for turned boxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a classification model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>of the YOLO26 family, whose head works another way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>an RT-DETR model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a YOLO-World model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a YOLOE model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>Taken over from {0}{1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>{0} holds no network of ultralytics.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>{0} is no YOLO11 segmentation model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>This is a {0} model, which is not supported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>The model has {0} classes; {1} is the most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>This project has no model {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>It has: {0}; or give a file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>{0} cannot name a model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Use letters, digits, dots, dashes and underscores, at most 64.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>No model was active before this one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Promote one by name instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>The starter keeps its name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Rename a model of this project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>There is a model {0} already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>The model {0} is in use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Promote another one first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>No deleted model is called {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>There are: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>model/sandbox.py</extracomment>
      <source>dynseg does not use the network (asked for {0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>A part of the project is damaged: the backup was made and its name says so, older ones are kept. Run: dynseg check PROJECT</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>before a restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup is not sound and was not kept: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Check the disk, then run: dynseg check PROJECT</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup could not be written ({0}); the project is unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Free some space and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup is damaged, so nothing was changed: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Choose an older backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup could not be put back ({0}); nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/bench.py</extracomment>
      <source>Writing shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/bench.py</extracomment>
      <source>Move vertex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>id &gt; 'classes-' AND id &lt; 'classes.'</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>Take back: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>The history has no such change of the classes; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>a step was damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>A change of the classes cannot be read, because the project's database is damaged there; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>Labels are not affected. Run: dynseg check PROJECT, or restore a backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>Two classes have the same number; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>There are two classes with the name {0}; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>Give each class a name of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>The class {0} cannot be deleted: {1} shapes have it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>Merge it into another class, or delete the shapes first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project's database is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Restore the newest backup with: dynseg restore PROJECT newest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project's database refused: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>SQLite {0} can damage a project, so nothing was opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Install apsw 3.51.3 or newer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The disk is full, so the last change is not saved; everything before it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Free some space: the change is kept in memory and can be saved again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Another program kept the project busy, so the last change is not saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Wait until the other work is done and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project cannot be written, so nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Check who may write to the folder, or copy the project elsewhere.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The disk reported an error ({0}), so the last change is not saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Check the disk and its connection: the change is kept in memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project's database cannot be opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Check that the folder can be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project is closed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Open it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/documents.py</extracomment>
      <source>{0} of its shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/documents.py</extracomment>
      <source>at least one of its shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>the file is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>Reading image headers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>Comparing the images folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>now has {0} x {1} pixels, but its shapes were made on {2} x {3}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Class {0} is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Shapes belong to image {0}, which is not there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Kept proposals of image {0} are damaged; run the model again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0} row {1} points to a row of {2} that is not there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>There is more; restore a backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: {1} of {2} shapes are damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Step {0} of the history (image {1}) is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Database: a text is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: what is known about the image is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: {1} shapes instead of {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Step {0} of the history (image {1}) cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: the counts of its classes are damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>Bring back an earlier version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>a step of its history</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>The history of the image has no version with this number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>Choose another version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/journal.py</extracomment>
      <source>The history has no step with number {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Close it there, or open it read-only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Open it read-only, or copy it to a folder of yours.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Close it there, or open it read-only. If {0} is off, delete {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>{0} (process {1} on {2}) has the project open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Free some space, or open it read-only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>The folder of the project cannot be written ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Another program is opening the project at this moment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Another program has the project open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>The program that started this work no longer has the project open; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Start the work again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>{0} is not a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Choose the folder with the images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>{0} has a project already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Open it instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>There is no project in {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Make one: open a folder of images, or run dynseg init.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>before format {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>The project does not say where its images are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Restore the newest backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>{0} cannot be written ({1}), so no project was made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Choose another folder for the project: the images can stay where they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>The project could not be made ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Check the disk and who may write there, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>min_score IS NULL, min_score, position</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>instance_count DESC, position</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>rel LIKE ? ESCAPE '\'</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>id IN ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>The project has no image with number {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>{0}: {1} cannot be read, because the project's database is damaged there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Other images are not affected. Run: dynseg check PROJECT, or restore a backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>{0} has been changed meanwhile; this change was not saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Look at the image again and repeat the change.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>{0}: the change does not start from what is saved, so nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Open the image again and repeat the change.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>what is known about the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>The project has no class with number {0}; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Add the class first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>The list of classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/runs.py</extracomment>
      <source>Import labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/runs.py</extracomment>
      <source>The project knows no such run; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/store.py</extracomment>
      <source>before a change of classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/view.py</extracomment>
      <source>{0} lies outside the images folder and is not opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/view.py</extracomment>
      <source>Only files inside the images folder belong to a project.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/view.py</extracomment>
      <source>the state of the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/writing.py</extracomment>
      <source>The project is open read-only, so nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>project/writing.py</extracomment>
      <source>Close it in the other program and open it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>the model sees nothing like it there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>the model takes it for {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>the model outlines it otherwise, overlap {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>no shape where the model sees {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>the other model differs {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>drawn by lot</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>in the order of names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>{0} unsure; the least certain shape has {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>not compared with the others yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>no second opinion yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>Comparing opinions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>no proposals that wait for a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>typical: {0} images look more like it than like any {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>the model doubts ({0}){1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>Typical images come first, each unlike those before: the model's doubts are not worth following yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>shows what others before it show as well</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>reviewed or earlier one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>earlier one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>; its least certain shape has {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>the model has not proposed anything here yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>What the model doubts comes first: of its last {0} proposals {1} were right</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>, and right ones had the higher score in {0} of pairs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>Drawing samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>{0} images cannot be made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>Ask for one or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>{0} holds other files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>Choose a new or an empty folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>{0}.jpg could not be encoded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>{0} names no classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>Export it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>data.yaml asks for {0}, which is no folder beside it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>{0} is too large for a description of a data set.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/evaluate.py</extracomment>
      <source>The data set has no validation images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/evaluate.py</extracomment>
      <source>Review more images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/evaluate.py</extracomment>
      <source>train: .
val: .
names: [object]
</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/events.py</extracomment>
      <source>(a line of the run's log could not be read)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/label_errors.py</extracomment>
      <source>Looking for label errors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/label_errors.py</extracomment>
      <source>Label errors are looked for from {0} reviewed images on; there are {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/label_errors.py</extracomment>
      <source>What is disputed could not be kept ({0}); no label was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The run {0} is going on already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Less than 1 GB is free on the project's disk; training was not started.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Free some space, or delete old runs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The run {0} is still going on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Wait for it, or stop it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The training process could not be started ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>See process.log in the run's folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/gate.py</extracomment>
      <source>The newest weights are not used: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/gate.py</extracomment>
      <source>The newest weights are not used: quality {0} after {1} on the same images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/learner.py</extracomment>
      <source>Live learning went astray: its loss is no longer a number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/learner.py</extracomment>
      <source>It begins again from the active model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/main.py</extracomment>
      <source>Live learning failed ({0}: {1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>Memory is short: learning goes on with {0} pictures a step.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>Live, from {0} images and {1} steps.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>There is not enough memory to learn while you label.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>Close other programs, or switch live learning off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>The newest weights could not be written ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>There is no device {0} on this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Use `auto` or `cpu`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>The copies of the images were changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Start a new run.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Trained on {0} images, {1} preset.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Known already: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>The resume point is damaged; training begins anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>The changes could not be drawn ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>The new model finds nothing on the validation images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>The new model is worse than the one it started from (mAP50-95 {0} after {1} on the same images).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>The run {0} has no finished model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Wait for its end, or resume it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>{0} is not the file that the run wrote and checked; the active model is unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Train again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>{0} The active model is unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Review more images and train again, or force it if you know better.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>{0} could not be checked; the active model is unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Run `dynseg doctor`, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/run.py</extracomment>
      <source>{0} is no training run that can be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>{0} of the images are reviewed; training needs at least {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>Review some images first: accept what is right and correct the rest.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>None of the reviewed images has a shape, so there is nothing to learn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>Draw shapes, or accept proposals, and mark the images as reviewed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/trainer.py</extracomment>
      <source>The router of {0} sends every image to one expert.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/trainer.py</extracomment>
      <source>The training went astray: its loss is no longer a number. The active model is unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>training/trainer.py</extracomment>
      <source>Start again with a lower learning rate.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/clicking.py</extracomment>
      <source>Looking at the image for clicks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/clicking.py</extracomment>
      <source>Loading MobileSAM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/exchange.py</extracomment>
      <source>damaged database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/exchange.py</extracomment>
      <source>Reading the data set again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>There is not enough memory to run the model; labels are as they were.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>Close other programs, or use a smaller model or image size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>The engine was asked something that it does not know.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>The engine met a fault of its own ({0}: {1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>Labels are as they were. Please report it with the log: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/log.py</extracomment>
      <source>%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/protocol.py</extracomment>
      <source>A message holds a polygon that is none ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/protocol.py</extracomment>
      <source>The engine was asked something it does not know ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/protocol.py</extracomment>
      <source>The engine answered something unknown ({0}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <extracomment>worker/server.py</extracomment>
      <source>The engine was sent an endless line.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
