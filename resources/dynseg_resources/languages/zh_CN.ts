<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>window</name>
    <message>
      <extracomment>actions/build.py</extracomment>
      <source>Accept and next</source>
      <translation>接受并转到下一张</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Add a class…</source>
      <translation>添加类别(&amp;A)…</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Type the name of a new class below the list.</source>
      <translation>在列表下方输入新类别的名称。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Import names…</source>
      <translation>导入类别名称(&amp;I)…</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Add the classes of a data.yaml, a classes.txt or a model; those that are there stay.</source>
      <translation>从 data.yaml、classes.txt 或模型中添加类别；已有的保持不变。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Edit class…</source>
      <translation>编辑类别(&amp;E)…</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Name, colour and number key of the current class.</source>
      <translation>当前类别的名称、颜色和数字键。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Move class &amp;up</source>
      <translation>类别上移(&amp;U)</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Put the current class one place further up; the order is the one of exports.</source>
      <translation>把当前类别上移一位；导出时按此顺序。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Move class &amp;down</source>
      <translation>类别下移(&amp;D)</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Put the current class one place further down.</source>
      <translation>把当前类别下移一位。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Merge into another class…</source>
      <translation>合并到另一类别(&amp;M)…</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Give all shapes of the current class another one, in the whole project.</source>
      <translation>在整个项目中，把当前类别的所有形状归入另一个类别。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>De&amp;lete class…</source>
      <translation>删除类别(&amp;L)…</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Delete the current class; says first how many shapes and images have it.</source>
      <translation>删除当前类别；会先说明涉及多少形状和图像。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Select its shapes on this image</source>
      <translation>选择本图中该类别的形状(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Select all shapes of the current class that are shown and not locked.</source>
      <translation>选择当前类别中所有显示且未锁定的形状。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>&amp;Hide or show this class</source>
      <translation>隐藏或显示此类别(&amp;H)</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Shapes of a hidden class are neither drawn nor picked.</source>
      <translation>隐藏类别的形状既不绘制，也不能选中。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Lo&amp;ck or unlock this class</source>
      <translation>锁定或解锁此类别(&amp;C)</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Shapes of a locked class are drawn, but neither picked nor changed.</source>
      <translation>锁定类别的形状照常绘制，但不能选中或更改。</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Show &amp;only this class</source>
      <translation>只显示此类别(&amp;O)</translation>
    </message>
    <message>
      <extracomment>actions/class_table.py</extracomment>
      <source>Hide all classes but the current one; once more shows all.</source>
      <translation>隐藏当前类别以外的所有类别；再次执行则全部显示。</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>&amp;Copy</source>
      <translation>复制(&amp;C)</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>Copy the selected shapes.</source>
      <translation>复制选中的形状。</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>P&amp;aste</source>
      <translation>粘贴(&amp;A)</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>Put the copied shapes into this image.</source>
      <translation>把复制的形状放到当前图像中。</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>&amp;Duplicate</source>
      <translation>创建副本(&amp;D)</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>Copy and paste the selected shapes in one go.</source>
      <translation>复制并粘贴选中的形状，一步完成。</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>Copy all from pre&amp;vious image</source>
      <translation>从上一张图像复制全部形状(&amp;V)</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>Put the shapes of the previous image into this one, where their objects are now: for the frames of a video.</source>
      <translation>把上一张图像的形状放到此图像中目标现在所在的位置，适用于视频的帧。</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>&amp;Follow into the next images…</source>
      <translation>跟随到后面的图像(&amp;F)…</translation>
    </message>
    <message>
      <extracomment>actions/copy_table.py</extracomment>
      <source>Put the shapes of this image into the images after it, each where its object is then: label one frame of a video, and have the next ones filled in.</source>
      <translation>把此图像的形状放入后面的图像，各自放在目标届时所在的位置：标注视频的一帧，后面的帧便自动填好。</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Close the shape being drawn</source>
      <translation>闭合正在绘制的形状</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Take the last point back while drawing</source>
      <translation>绘制时撤销上一个点</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Draw freely</source>
      <translation>自由手绘</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move a vertex</source>
      <translation>移动顶点</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Add a vertex</source>
      <translation>添加顶点</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Delete a vertex</source>
      <translation>删除顶点</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Sweep vertices away</source>
      <translation>连续擦除顶点</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Draw a part of the outline anew</source>
      <translation>重画一段轮廓</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Paint or erase with the brush</source>
      <translation>用画笔涂画或擦除</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move a shape</source>
      <translation>移动形状</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Select more than one</source>
      <translation>选择多个</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Select what lies below</source>
      <translation>选择下层的形状</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Change the class</source>
      <translation>为形状更改类别</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Zoom at the cursor</source>
      <translation>以光标为中心缩放</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move the image</source>
      <translation>移动图像</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Fit the image</source>
      <translation>让图像适应窗口</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Move the view</source>
      <translation>移动视图</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Hide shapes for a moment</source>
      <translation>暂时隐藏形状</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>double-click</source>
      <translation>双击</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>click on the first point</source>
      <translation>单击起点</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag while drawing a polygon</source>
      <translation>绘制多边形时拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag</source>
      <translation>拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag on an edge</source>
      <translation>拖动边</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+click on an edge</source>
      <translation>Alt+单击边</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift+click</source>
      <translation>Shift+单击</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+Shift+click</source>
      <translation>Alt+Shift+单击</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Backspace with the pointer on it</source>
      <translation>指针在顶点上时按 Backspace</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+click</source>
      <translation>Alt+单击</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Alt+drag</source>
      <translation>Alt+拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift+drag from a vertex</source>
      <translation>从顶点 Shift+拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift+click on a vertex</source>
      <translation>Shift+单击顶点</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Shift: the opposite</source>
      <translation>Shift：相反操作</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag inside a selected shape</source>
      <translation>在选中的形状内拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Ctrl+click</source>
      <translation>Ctrl+单击</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>drag on empty ground</source>
      <translation>在空白处拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>click again</source>
      <translation>再次单击</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>double-click on a shape</source>
      <translation>双击形状</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Ctrl+wheel</source>
      <translation>Ctrl+滚轮</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>wheel (setting)</source>
      <translation>滚轮（见设置）</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Space+drag</source>
      <translation>空格+拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>middle drag</source>
      <translation>中键拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>wheel, Shift+wheel</source>
      <translation>滚轮、Shift+滚轮</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>arrows, while nothing is selected</source>
      <translation>未选择任何形状时的方向键</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>Up and Down, while nothing is selected</source>
      <translation>未选择任何形状时的上、下方向键</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>middle double-click</source>
      <translation>中键双击</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>click or drag in the mini-map</source>
      <translation>在缩略导航图中单击或拖动</translation>
    </message>
    <message>
      <extracomment>actions/gesture_table.py</extracomment>
      <source>hold H</source>
      <translation>按住 H</translation>
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source># Keys

Two presets: the habits of labelme and X-AnyLabeling, and those of CVAT. Choose one in
*Settings, Labelling*. **F1** shows this table with search. *File, Keys…* gives any
action another key, names the one that has it already, and holds at once.</source>
      <translation># 快捷键

有两种方案：labelme 和 X-AnyLabeling 的习惯，以及 CVAT 的习惯，可在*设置 &gt; 标注*中选择。**F1** 显示此表，并可搜索。*文件 &gt; 自定义快捷键…* 可以为任何操作更换快捷键，指出已占用该键的操作，并立即生效。</translation>
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>action</source>
      <translation>操作</translation>
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>keys</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>in the CVAT preset</source>
      <translation>CVAT 方案</translation>
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>arrows</source>
      <translation>方向键</translation>
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>Shift+arrows</source>
      <translation>Shift+方向键</translation>
    </message>
    <message>
      <extracomment>actions/key_table.py</extracomment>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Pre-label this image</source>
      <translation>预标注此图像(&amp;P)</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Let the model propose shapes; what people drew is never touched.</source>
      <translation>让模型提出形状；人绘制的内容绝不会改动。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Pre-label &amp;many images…</source>
      <translation>批量预标注(&amp;M)…</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Pre-label the whole project; you can go on working meanwhile.</source>
      <translation>预标注整个项目；期间可以继续工作。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Stop</source>
      <translation>停止(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Stop the running job; what is done stays.</source>
      <translation>停止正在运行的任务；已完成的部分会保留。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Take the last run &amp;back</source>
      <translation>撤回上次运行(&amp;B)</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Undo the last batch as a whole; shapes that you changed since are kept.</source>
      <translation>整体撤销上一次批量运行；此后你改动过的形状会保留。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Sho&amp;w what the last run changed</source>
      <translation>显示上次运行的改动(&amp;W)</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>What the last batch added, removed and changed: in the list and on the image.</source>
      <translation>上一次批量运行增加、删除和更改的内容：显示在列表和图像上。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Train on reviewed images</source>
      <translation>用已审核图像训练(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Teach the model what you have reviewed, in a process of its own.</source>
      <translation>在独立的进程中，把已审核的内容教给模型。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Find label errors…</source>
      <translation>查找标注错误(&amp;F)…</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>List reviewed labels that models dispute which were trained without them.</source>
      <translation>列出存疑的已审核标注，由没有见过它们的模型评判。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Choose model…</source>
      <translation>选择模型(&amp;C)…</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Pre-label with another model.</source>
      <translation>用另一个模型预标注。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>M&amp;odels…</source>
      <translation>模型列表(&amp;O)…</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>All models of this project: compare, rename, delete, restore, export.</source>
      <translation>此项目的所有模型：对比、重命名、删除、恢复、导出。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Add a model file…</source>
      <translation>添加模型文件(&amp;A)…</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>A model of this program or an Ultralytics YOLO11-seg checkpoint; nothing in it runs.</source>
      <translation>本程序的模型或 Ultralytics YOLO11-seg 检查点；其中的代码不会执行。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Get a p&amp;ublished model…</source>
      <translation>获取公开模型(&amp;U)…</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>YOLO11-seg trained on COCO; size, licence and address are shown first.</source>
      <translation>在 COCO 上训练的 YOLO11-seg；先显示大小、许可证和地址。</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>&amp;Go back to the previous model</source>
      <translation>回退到上一个模型(&amp;G)</translation>
    </message>
    <message>
      <extracomment>actions/model_table.py</extracomment>
      <source>Use the model that was active before the last promotion.</source>
      <translation>使用上次采用之前的模型。</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>open dir, directory, load images</source>
      <translation>打开目录, 载入图像</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>upload annotations, load labels, ground truth</source>
      <translation>上传标注, 载入标签</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>dataset, download, save as, annotations, output</source>
      <translation>数据集, 下载, 另存为, 输出</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>autosave, save automatically</source>
      <translation>自动保存</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>revert, recover, versions</source>
      <translation>恢复, 还原, 版本</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>validate, quality, duplicates, self-intersection</source>
      <translation>验证, 质量, 重复, 自相交</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>counts, measure, area, perimeter, csv, excel, table, analytics</source>
      <translation>计数, 数量, 测量, 面积, 表格, 分析</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>preferences, options, configuration</source>
      <translation>首选项, 偏好, 选项, 配置</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>hotkeys, shortcuts, bindings</source>
      <translation>热键, 快捷键</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>hotkeys, keys, help</source>
      <translation>热键, 按键, 帮助</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>undo last point, revert, back</source>
      <translation>撤销最后一点, 返回</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>versions, timeline, revert</source>
      <translation>版本, 时间线, 还原</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>copy polygons</source>
      <translation>复制多边形</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>duplicate polygons</source>
      <translation>复制多边形</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>deselect, escape</source>
      <translation>取消选择</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>label, relabel, assign, rename</source>
      <translation>标签, 改类, 重命名</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>remove polygon, delete polygon, erase</source>
      <translation>删除多边形, 移除</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>fit window</source>
      <translation>适应窗口</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>original size, actual size, 1:1</source>
      <translation>原始大小, 实际大小</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>hide polygons, show polygons, toggle polygons, masks</source>
      <translation>隐藏多边形, 显示多边形, 掩膜</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>fill, transparency, opacity</source>
      <translation>填充, 透明度</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>captions, tags, text</source>
      <translation>文字, 标签</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>gallery, overview</source>
      <translation>图库, 总览</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>navigator, overview</source>
      <translation>导航, 总览</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>gamma, auto contrast, lut, window level, exposure</source>
      <translation>伽马, 自动对比度, 窗宽窗位, 曝光</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>dark mode, night, theme, colors</source>
      <translation>深色模式, 夜间, 主题</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>fullscreen, maximize</source>
      <translation>最大化</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>reset layout, docks, restore panels</source>
      <translation>重置布局, 恢复面板</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>validate, quality control, check</source>
      <translation>验证, 质检</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>validate, approve, verify, finish, done</source>
      <translation>验证, 通过, 完成, 确认</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>delete image, remove file, exclude, ignore, flag</source>
      <translation>删除图像, 移除文件, 排除, 忽略, 标记</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>jump, go to, filters, search</source>
      <translation>跳转, 筛选, 搜索</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>open next, forward</source>
      <translation>下一幅, 前进</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>open prev, back</source>
      <translation>上一幅, 返回</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>approve, confirm, verify</source>
      <translation>通过, 确认</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>dismiss, false positive</source>
      <translation>忽略, 误检</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>documentation, docs, manual, help, tutorial</source>
      <translation>文档, 手册, 帮助, 教程</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>tutorial, help, introduction</source>
      <translation>教程, 帮助, 介绍</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>diagnose, gpu, cuda, device, problems</source>
      <translation>诊断, 显卡, 设备, 问题</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>version, license, update</source>
      <translation>版本, 许可证, 更新</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>edit polygons, move, pointer</source>
      <translation>编辑多边形, 移动, 指针</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>create polygons, lasso, freehand, roi, points, linestrip</source>
      <translation>创建多边形, 套索, 手绘, 感兴趣区域, 点</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>create rectangle, bounding box, bbox</source>
      <translation>创建矩形, 边界框</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>paint, mask, pencil, dilate, grow, expand</source>
      <translation>涂抹, 掩膜, 铅笔, 扩大</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>rubber, mask, erode, shrink, contract</source>
      <translation>掩膜, 缩小</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>intelligent scissors, magnetic lasso, opencv</source>
      <translation>智能剪刀, 磁性套索</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>magic wand, threshold, watershed, bucket</source>
      <translation>魔棒, 阈值, 分水岭, 油漆桶</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>ai polygon, ai mask, interactor, magic wand, detect</source>
      <translation>智能多边形, 智能掩膜, 交互, 魔棒, 检测</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>roi, region, crop, detect</source>
      <translation>感兴趣区域, 局部, 检测</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>sam, segment anything, ai polygon, ai mask, interactor</source>
      <translation>分割一切, 智能多边形, 智能掩膜, 交互</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>slice, cut, divide, scissors, touching</source>
      <translation>切割, 分开, 剪刀, 粘连</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>donut, cut out, crop</source>
      <translation>环形, 挖空</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>merge, group, combine, union</source>
      <translation>合并, 组合, 并集</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>difference, minus, boolean</source>
      <translation>差集, 减去</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>intersection, overlap, boolean</source>
      <translation>交集, 重叠</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>ungroup, explode</source>
      <translation>取消组合, 拆开</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>reduce points, vertices, convex hull, resample</source>
      <translation>减少点, 顶点, 凸包</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>snap, improve, tighten, boundary</source>
      <translation>吸附, 改进, 贴合</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>similar, template, repeat, count</source>
      <translation>相似, 模板, 重复</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>snap, gaps, overlaps, topology</source>
      <translation>吸附, 缝隙, 重叠, 拓扑</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>bring forward, z-order</source>
      <translation>上移一层, 层次</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>send backward, z-order</source>
      <translation>下移一层, 层次</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>bring to front, z-order</source>
      <translation>置于顶层, 层次</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>send to back, z-order</source>
      <translation>置于底层, 层次</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>predict, inference, auto annotate, automatic annotation, detect, ai</source>
      <translation>预测, 推理, 自动标注, 检测</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>predict, inference, auto annotate, automatic annotation, all images</source>
      <translation>预测, 推理, 自动标注, 全部图像</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>fine-tune, retrain, learn, epochs</source>
      <translation>微调, 再训练, 学习</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>quality, mistakes, outliers</source>
      <translation>质量, 错误, 异常</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>load model, weights, checkpoint, switch</source>
      <translation>载入模型, 权重, 切换</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>load model, weights, checkpoint, import</source>
      <translation>载入模型, 权重, 导入</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>weights, checkpoints, registry</source>
      <translation>权重, 管理</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>propagate, keep previous annotation, track</source>
      <translation>传播, 保留上一张的标注, 跟踪</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>track, tracking, interpolate, propagate</source>
      <translation>跟踪, 插值, 传播</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>z-stack, pages, movie, mp4, extract</source>
      <translation>层扫, 页, 电影, 提取</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>new label, category</source>
      <translation>新标签, 类型</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>rename label, color, category</source>
      <translation>重命名标签, 颜色</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>replace label, combine labels</source>
      <translation>替换标签, 合并标签</translation>
    </message>
    <message>
      <extracomment>actions/other_words.py</extracomment>
      <source>filter by class, isolate</source>
      <translation>按类别筛选, 单独显示</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>&amp;Training</source>
      <translation>训练(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>&amp;Validation</source>
      <translation>验证(&amp;V)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>T&amp;est</source>
      <translation>测试(&amp;E)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>&amp;No place yet</source>
      <translation>尚未划分(&amp;N)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images</source>
      <translation>所选图像</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: &amp;reviewed</source>
      <translation>所选图像：标为已审核(&amp;R)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Accept what is on each of them without opening it; taken back as a whole.</source>
      <translation>不逐张打开就接受其上的全部内容；可整体撤回。</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: &amp;skipped</source>
      <translation>所选图像：跳过(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Leave them out of review and training; their shapes are kept.</source>
      <translation>不参与审核和训练；其形状保留。</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: &amp;not reviewed</source>
      <translation>所选图像：标为未审核(&amp;N)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Put those of them that are reviewed or skipped back to work.</source>
      <translation>把其中已审核或已跳过的图像改回进行中。</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: &amp;pre-label</source>
      <translation>所选图像：预标注(&amp;P)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Let the model propose on them; what is yours stays as it is.</source>
      <translation>让模型在这些图像上给出建议；你的内容保持不变。</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: &amp;training</source>
      <translation>所选图像：训练(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Models learn from them.</source>
      <translation>模型从这些图像学习。</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: &amp;validation</source>
      <translation>所选图像：验证(&amp;V)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Models are measured on them, and never learn from them.</source>
      <translation>模型在这些图像上评估，绝不从中学习。</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: t&amp;est</source>
      <translation>所选图像：测试(&amp;E)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Kept aside: models neither learn from them nor are chosen by them.</source>
      <translation>另行保留：模型既不从中学习，也不据此挑选。</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>Selected images: n&amp;o split</source>
      <translation>所选图像：不归入任何划分(&amp;O)</translation>
    </message>
    <message>
      <extracomment>actions/selected_table.py</extracomment>
      <source>The next training or export gives them a place again.</source>
      <translation>下次训练或导出时会重新分配。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Join</source>
      <translation>合并(&amp;J)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Make one shape of the selected ones; the one selected first gives its class.</source>
      <translation>把选中的形状合并成一个；类别取最先选中的那个。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>S&amp;ubtract the others</source>
      <translation>减去其余形状(&amp;U)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Take the other selected shapes away from the one selected first.</source>
      <translation>从最先选中的形状中减去其他选中的形状。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Keep what they &amp;share</source>
      <translation>保留相交部分(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Keep only the area that all selected shapes share.</source>
      <translation>选中的形状只保留共同的部分。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Separate the &amp;parts</source>
      <translation>拆分各部分(&amp;P)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Make every part of the selected shapes a shape of its own.</source>
      <translation>让选中形状的每个部分各成为一个形状。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Fill holes</source>
      <translation>填充孔洞(&amp;F)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Fill the holes of the selected shapes.</source>
      <translation>填充选中形状的孔洞。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Si&amp;mplify, smooth or densify…</source>
      <translation>简化、平滑或加密(&amp;M)…</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Fewer, softer or more points, with a slider and a preview.</source>
      <translation>用滑块减少、平滑或增加顶点，并可预览。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Refine with the model</source>
      <translation>用模型精修(&amp;R)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>The model looks at the selected shapes again, from close up, and outlines them anew.</source>
      <translation>模型放大查看选中的形状，并重新勾出轮廓。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Find more li&amp;ke these</source>
      <translation>查找更多类似目标(&amp;K)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Finds what else in this image looks like the selected shapes, or like all that you drew of a class when one or none is selected; a few examples are enough.</source>
      <translation>在此图像中查找与选中的多个形状相似的其他目标；只选中一个或未选中时，以你画的该类别的全部形状为例。几个例子就够了。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Fit the &amp;borders to neighbours</source>
      <translation>与相邻形状贴合边界(&amp;B)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Close gaps and small overlaps with neighbours, so that borders are shared exactly.</source>
      <translation>消除与相邻形状之间的缝隙和小重叠，使边界完全共用。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Mo&amp;ve up</source>
      <translation>上移一层(&amp;V)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes one place further up.</source>
      <translation>把选中的形状上移一层。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Move &amp;down</source>
      <translation>下移一层(&amp;D)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes one place further down.</source>
      <translation>把选中的形状下移一层。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>To the &amp;top</source>
      <translation>置于顶层(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes above all others.</source>
      <translation>把选中的形状放到所有形状之上。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>To the bottom</source>
      <translation>置于底层</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Draw the selected shapes below all others.</source>
      <translation>把选中的形状放到所有形状之下。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Lock or unlock</source>
      <translation>锁定或解锁(&amp;L)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Locked shapes are shown, but neither picked nor changed on the image.</source>
      <translation>锁定的形状照常显示，但不能在图像上选中或更改。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>&amp;Hide the selected</source>
      <translation>隐藏所选(&amp;H)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Hide the selected shapes until they are shown again or another image opens.</source>
      <translation>隐藏选中的形状，直到再次显示或打开另一张图像。</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Sho&amp;w and unlock all</source>
      <translation>全部显示并解锁(&amp;W)</translation>
    </message>
    <message>
      <extracomment>actions/shape_table.py</extracomment>
      <source>Show and unlock every shape of this image.</source>
      <translation>显示并解锁当前图像的所有形状。</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;File</source>
      <translation>文件(&amp;F)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Edit</source>
      <translation>编辑(&amp;E)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Tools</source>
      <translation>工具(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Shape</source>
      <translation>形状(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Class</source>
      <translation>类别(&amp;C)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;View</source>
      <translation>视图(&amp;V)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Image</source>
      <translation>图像(&amp;I)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Model</source>
      <translation>模型(&amp;M)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>&amp;Help</source>
      <translation>帮助(&amp;H)</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>{key} in review</source>
      <translation>{key}（审核时）</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>Open a folder first.</source>
      <translation>请先打开文件夹。</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>Open an image first.</source>
      <translation>请先打开图像。</translation>
    </message>
    <message>
      <extracomment>actions/spec.py</extracomment>
      <source>Select a shape first.</source>
      <translation>请先选择形状。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open &amp;folder…</source>
      <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open a folder of images or a project; images are never moved or changed.</source>
      <translation>打开图像文件夹或项目；图像不会被移动或更改。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open &amp;image…</source>
      <translation>打开图像(&amp;I)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open one image together with the folder it lies in.</source>
      <translation>打开一张图像及其所在的文件夹。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ne&amp;w project…</source>
      <translation>新建项目(&amp;W)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Choose folder, classes, model and validation images before you start.</source>
      <translation>开始之前先选择文件夹、类别、模型和验证图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ta&amp;ke over labels…</source>
      <translation>迁移标注(&amp;K)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Make a project of images and labels that another program left.</source>
      <translation>用其他程序留下的图像和标注建立项目。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open the sample &amp;project</source>
      <translation>打开示例项目(&amp;P)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>A small project to try everything on.</source>
      <translation>一个小项目，可以试用所有功能。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Look for &amp;new images</source>
      <translation>查找新图像(&amp;N)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Find images that were added to or removed from the folder.</source>
      <translation>查找文件夹中新增或移除的图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Fin&amp;d moved images…</source>
      <translation>查找移动过的图像(&amp;D)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Say where moved or renamed images are now; their labels follow.</source>
      <translation>指定被移动或重命名的图像现在的位置；标注会随之更新。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Add frames of a &amp;video or TIFF…</source>
      <translation>添加视频或 TIFF 的帧(&amp;V)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Take frames of a video, or pages of a TIFF, as images; the file is only read.</source>
      <translation>把视频的帧或 TIFF 的页作为图像添加；原文件只会被读取。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Save</source>
      <translation>保存(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Everything is saved as you work; this waits until the last change is on the disk.</source>
      <translation>改动会随时自动保存；此命令会等到最后一次改动写入磁盘。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Backups…</source>
      <translation>备份(&amp;B)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Look at the verified copies of your labels, make one, bring one back.</source>
      <translation>查看标注的已校验副本，新建一份，或恢复一份。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Check labels…</source>
      <translation>检查标注(&amp;C)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>List broken, tiny, doubled and overlapping shapes; repair with one click.</source>
      <translation>列出损坏、过小、重复和重叠的形状；一键修复。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>St&amp;atistics…</source>
      <translation>统计(&amp;A)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Count classes, sizes, points and states; see how the work on proposals shrinks.</source>
      <translation>统计类别、大小、点数和状态，以及处理候选的工作量如何减少。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>I&amp;mport labels…</source>
      <translation>导入标注(&amp;M)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Read YOLO, COCO, labelme, CVAT and more; what comes in is shown first.</source>
      <translation>读取 YOLO、COCO、labelme、CVAT 等格式；导入之前先显示内容。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Export…</source>
      <translation>导出(&amp;E)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Write YOLO-seg, COCO, labelme, VOC, masks or label images; what is lost is listed first.</source>
      <translation>写出 YOLO-seg、COCO、labelme、VOC、掩膜或标签图；会先列出将丢失的内容。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Se&amp;ttings…</source>
      <translation>设置(&amp;T)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Look, keys, model and training.</source>
      <translation>外观、快捷键、模型和训练。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ke&amp;ys…</source>
      <translation>自定义快捷键(&amp;Y)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Choose another key for any action.</source>
      <translation>为任意操作选择其他快捷键。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Quit</source>
      <translation>退出(&amp;Q)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Close the window; everything is saved.</source>
      <translation>关闭窗口；一切都已保存。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Undo</source>
      <translation>撤销(&amp;U)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Take the last change of this image back, also one of an earlier day.</source>
      <translation>撤销当前图像的上一次改动，即使是几天前做的。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Redo</source>
      <translation>重做(&amp;R)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Do again what was taken back.</source>
      <translation>重做刚才撤销的改动。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Histor&amp;y</source>
      <translation>历史(&amp;Y)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Every step of this image and of the project: look at it, go there.</source>
      <translation>当前图像和项目的每一步：可以查看，也可以回到那里。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ca&amp;ncel</source>
      <translation>取消(&amp;N)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Back out one step: give up the shape being drawn, else leave the tool, else clear the selection.</source>
      <translation>退回一步：先放弃正在绘制的形状，否则离开工具，否则取消选择。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select a&amp;ll</source>
      <translation>全选(&amp;L)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select every shape of this image.</source>
      <translation>选中当前图像的所有形状。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>C&amp;hange class…</source>
      <translation>更改类别(&amp;H)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Give the selected shapes another class; where none is selected, choose that of new shapes.</source>
      <translation>为选中的形状更换类别；没有选中形状时，选择新形状的类别。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Dele&amp;te</source>
      <translation>删除(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Delete the selected shapes.</source>
      <translation>删除选中的形状。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Zoom &amp;in</source>
      <translation>放大(&amp;I)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the image larger.</source>
      <translation>放大显示图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Zoom &amp;out</source>
      <translation>缩小(&amp;O)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the image smaller.</source>
      <translation>缩小显示图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Fit image</source>
      <translation>适应窗口(&amp;F)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the whole image.</source>
      <translation>显示整张图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Fit &amp;width</source>
      <translation>适应宽度(&amp;W)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the full width of the image.</source>
      <translation>显示图像的全部宽度。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;100 %</source>
      <translation>&amp;100 %</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show one image pixel on one screen pixel.</source>
      <translation>一个图像像素对应一个屏幕像素。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Zoom to &amp;selection</source>
      <translation>缩放到所选(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Fill the view with what is selected.</source>
      <translation>让选中的内容充满视图。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Hide shapes</source>
      <translation>隐藏形状(&amp;H)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Hide all shapes until it is switched off; hold H to hide them for a moment.</source>
      <translation>隐藏所有形状，直到关闭此项；按住 H 可暂时隐藏。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Outlines o&amp;nly</source>
      <translation>仅轮廓(&amp;N)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Draw shapes without a fill.</source>
      <translation>绘制形状时不填充。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Class names</source>
      <translation>类别名称(&amp;C)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Write class and score beside each shape.</source>
      <translation>在每个形状旁显示类别和得分。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Thumbnails</source>
      <translation>缩略图(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the images of the list as pictures with their shapes; Enter opens one.</source>
      <translation>把列表中的图像显示为带形状的小图；按 Enter 打开。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Mini-map</source>
      <translation>缩略导航图(&amp;M)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the whole image in a corner while only a part of it is in sight.</source>
      <translation>只看到图像的一部分时，在角落显示整张图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Pixel &amp;grid</source>
      <translation>像素网格(&amp;G)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Draw lines between the pixels of the image from 800 % on.</source>
      <translation>放大到 800 % 以上时，在图像的像素之间画线。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Brightness and contrast…</source>
      <translation>亮度与对比度(&amp;B)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show every image brighter, darker or with other contrast; files stay as they are.</source>
      <translation>调整所有图像显示时的亮度和对比度；文件保持不变。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Reset brightness and contrast</source>
      <translation>重置亮度与对比度(&amp;R)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show images as their files have them.</source>
      <translation>按文件的原样显示图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Light or &amp;dark</source>
      <translation>切换明暗主题(&amp;D)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Switch between light and dark colours.</source>
      <translation>在浅色和深色之间切换。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>F&amp;ull screen</source>
      <translation>全屏(&amp;U)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Use the whole screen.</source>
      <translation>使用整个屏幕。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Next panel</source>
      <translation>下一个面板</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Next, previous panel</source>
      <translation>下一个、上一个面板</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the keyboard into the next panel: image, lists, assist, training, history.</source>
      <translation>把键盘焦点移到下一个面板：图像、列表、辅助、训练、历史。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Previous panel</source>
      <translation>上一个面板</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the keyboard into the panel before.</source>
      <translation>把键盘焦点移到上一个面板。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Arrange panels &amp;anew</source>
      <translation>重新排列面板(&amp;A)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show every panel where it was before you moved, folded or closed any.</source>
      <translation>把所有面板显示在移动、折叠或关闭之前的位置。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Review &amp;mode</source>
      <translation>审核模式(&amp;M)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go through what the model proposed: Tab, Y and X for objects, Enter for the image.</source>
      <translation>逐一审核模型的候选：Tab、Y、X 处理目标，Enter 处理图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Accept image and go to the next</source>
      <translation>接受图像并转到下一张(&amp;A)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Everything on this image is right: mark it reviewed, show the next unreviewed one.</source>
      <translation>此图像的一切都正确：标为已审核，并显示下一张未审核的图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Skip image</source>
      <translation>跳过图像(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Leave this image out of review and training; its shapes are kept.</source>
      <translation>此图像不参与审核和训练；其形状会保留。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Mark as &amp;not reviewed</source>
      <translation>标为未审核(&amp;N)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put a reviewed or skipped image back to work.</source>
      <translation>把已审核或已跳过的图像改回进行中。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ne&amp;xt image</source>
      <translation>下一张图像(&amp;X)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the next image of the list.</source>
      <translation>显示列表中的下一张图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Previous image</source>
      <translation>上一张图像(&amp;P)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the previous image of the list.</source>
      <translation>显示列表中的上一张图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ten images on</source>
      <translation>前进十张图像</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the tenth image after this one, or the last of the list.</source>
      <translation>显示其后第十张图像，或列表的最后一张。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Ten images back</source>
      <translation>后退十张图像</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the tenth image before this one, or the first of the list.</source>
      <translation>显示其前第十张图像，或列表的第一张。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Next &amp;unreviewed image</source>
      <translation>下一张未审核图像(&amp;U)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the next image that nobody has reviewed.</source>
      <translation>显示下一张没有人审核过的图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Previous unre&amp;viewed image</source>
      <translation>上一张未审核图像(&amp;V)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Show the previous image that nobody has reviewed.</source>
      <translation>显示上一张没有人审核过的图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Find an ima&amp;ge…</source>
      <translation>查找图像(&amp;G)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Type a part of its name above the list.</source>
      <translation>在列表上方输入名称的一部分。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Sho&amp;w in its folder</source>
      <translation>在文件夹中显示(&amp;W)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Open the folder in which the file of this image lies.</source>
      <translation>打开此图像文件所在的文件夹。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Cop&amp;y path</source>
      <translation>复制路径(&amp;Y)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the path of the file of this image into the clipboard.</source>
      <translation>将此图像文件的路径复制到剪贴板。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Next &amp;object</source>
      <translation>下一个目标(&amp;O)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select the next object, the least certain first.</source>
      <translation>选中下一个目标，最不确定的在前。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Previous o&amp;bject</source>
      <translation>上一个目标(&amp;B)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Select the object before.</source>
      <translation>选中上一个目标。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>A&amp;ccept object</source>
      <translation>接受目标(&amp;C)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Keep the selected proposal as it is: it becomes your work.</source>
      <translation>原样保留选中的候选：它成为人工标注。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Reject object</source>
      <translation>拒绝目标(&amp;R)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Remove the selected proposal and go to the next.</source>
      <translation>移除选中的候选，并转到下一个。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Accept all s&amp;hown proposals</source>
      <translation>接受所有显示的候选(&amp;H)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Keep every proposal above the confidence of the slider.</source>
      <translation>保留置信度高于滑块的所有候选。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Accept many images…</source>
      <translation>批量接受图像…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Keep the proposals of many images at once, by their score; one step of undo.</source>
      <translation>按分数一次接受多张图像的候选；可作为一步撤销。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Keyboard shortcuts</source>
      <translation>快捷键一览(&amp;K)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>All keys, with search.</source>
      <translation>所有快捷键，可搜索。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Find an action…</source>
      <translation>查找操作(&amp;F)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Type a few letters of anything the program can do.</source>
      <translation>输入几个字，即可找到程序的任何功能。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;Guide</source>
      <translation>指南(&amp;G)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Short texts on first steps, keys and training.</source>
      <translation>关于入门、快捷键和训练的简短说明。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;What works here…</source>
      <translation>环境诊断(&amp;W)…</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Check device, driver, libraries, disks and project; says how to fix what fails.</source>
      <translation>检查设备、驱动、库、磁盘和项目，并说明如何修复问题。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Take the &amp;tour</source>
      <translation>开始导览(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Two minutes with the real controls, on the sample project.</source>
      <translation>在示例项目上用真实的控件操作两分钟。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;About</source>
      <translation>关于(&amp;A)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Version, licence and where this program comes from.</source>
      <translation>版本、许可证和程序的来源。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selection by 1 px, Shift: 10 px</source>
      <translation>将所选移动 1 px，按住 Shift 移动 10 px</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Class {number}</source>
      <translation>类别 {number}</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Class by number</source>
      <translation>用数字键指定类别</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Give class {number} to the selection, or to what is drawn next.</source>
      <translation>把类别 {number} 指定给所选形状，或之后绘制的形状。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move left by {px} px</source>
      <translation>左移 {px} px</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes left by {px} px.</source>
      <translation>把选中的形状左移 {px} px。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move right by {px} px</source>
      <translation>右移 {px} px</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes right by {px} px.</source>
      <translation>把选中的形状右移 {px} px。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move up by {px} px</source>
      <translation>上移 {px} px</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes up by {px} px.</source>
      <translation>把选中的形状上移 {px} px。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move down by {px} px</source>
      <translation>下移 {px} px</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Move the selected shapes down by {px} px.</source>
      <translation>把选中的形状下移 {px} px。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go to a panel</source>
      <translation>转到面板</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go to the list of images</source>
      <translation>转到图像列表</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the keyboard into the list of images.</source>
      <translation>把键盘焦点移到图像列表。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go to the list of shapes</source>
      <translation>转到形状列表</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the keyboard into the list of shapes.</source>
      <translation>把键盘焦点移到形状列表。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go to the classes</source>
      <translation>转到类别</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Put the keyboard into the list of classes.</source>
      <translation>把键盘焦点移到类别列表。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go to the assist panel</source>
      <translation>转到辅助面板</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Confidence, detail, and which images are pre-labelled.</source>
      <translation>置信度、细节，以及预标注哪些图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Go to the training panel</source>
      <translation>转到训练面板</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Live learning (learn while I label), training and its curves.</source>
      <translation>实时学习（标注时学习）、训练及其曲线。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>List by nam&amp;e</source>
      <translation>按名称排列(&amp;E)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Sort the images by name.</source>
      <translation>按名称排列图像。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>&amp;List by state</source>
      <translation>按状态排列(&amp;L)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>What needs a person comes first.</source>
      <translation>需要人工处理的排在前面。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Suggested f&amp;irst</source>
      <translation>推荐优先(&amp;I)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Typical images come first; later those that the model doubts, once its doubts are worth following.</source>
      <translation>典型图像排在前面；之后是模型拿不准的图像，前提是它的判断已经可信。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Leas&amp;t certain first</source>
      <translation>最不确定优先(&amp;T)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Images whose proposals the model is least sure of come first.</source>
      <translation>模型对其候选最没有把握的图像排在前面。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Most &amp;disputed first</source>
      <translation>分歧最大优先(&amp;D)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Images where a second model says most else come first.</source>
      <translation>第二个模型意见最不同的图像排在前面。</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Shu&amp;ffled</source>
      <translation>随机排列(&amp;F)</translation>
    </message>
    <message>
      <extracomment>actions/table.py</extracomment>
      <source>Sort the images by lot, the same way every time.</source>
      <translation>随机排列图像，每次的顺序相同。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Select and edit</source>
      <translation>选择与编辑(&amp;S)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Select shapes, drag vertices, drag a border to add a vertex.</source>
      <translation>选择形状，拖动顶点，拖动边以添加顶点。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw &amp;polygon</source>
      <translation>绘制多边形(&amp;P)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Click the corners, or drag to draw freely; Enter closes.</source>
      <translation>逐个单击顶点，或拖动以自由手绘；按 Enter 闭合。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw rectan&amp;gle</source>
      <translation>绘制矩形(&amp;G)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag from one corner to the opposite one.</source>
      <translation>从一个角拖到对角。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Brush</source>
      <translation>画笔(&amp;B)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Paint onto the selected shape, or a new one; Shift erases.</source>
      <translation>涂画到选中的形状上，或画出新形状；按住 Shift 擦除。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Eraser</source>
      <translation>橡皮(&amp;E)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Paint away from the selected shapes, or from the one below; Shift adds.</source>
      <translation>从选中的形状或光标下的形状上擦除；按住 Shift 添加。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>&amp;Follow an edge</source>
      <translation>智能剪刀(&amp;F)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Click along an edge: the outline between two clicks follows it.</source>
      <translation>沿着边缘单击：两次单击之间的轮廓会贴合边缘。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Find by c&amp;olour in a box</source>
      <translation>框内按颜色查找(&amp;O)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag a box around an object: colours tell its outline (GrabCut).</source>
      <translation>围绕目标拖出一个框：按颜色找出轮廓（GrabCut）。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Find with the &amp;model</source>
      <translation>用模型查找(&amp;M)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Click on an object, or drag a box around it: the model outlines it.</source>
      <translation>单击目标，或围绕它拖出一个框：模型给出它的轮廓。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Pre-label inside a bo&amp;x</source>
      <translation>框内预标注(&amp;X)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag a box: the model proposes what is in it, and leaves what lies beside it.</source>
      <translation>拖出一个框：模型为框内提出候选，框外的内容保持不变。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Segment by &amp;clicks</source>
      <translation>点选分割(&amp;C)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Click on an object and beside it until its outline fits, then keep it.</source>
      <translation>在目标上和目标旁单击，直到轮廓合适，然后保留它。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Spl&amp;it by a line</source>
      <translation>沿线切割(&amp;I)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Drag a line across a shape: each side becomes a shape of its own.</source>
      <translation>拖一条线穿过形状：两侧各成为一个形状。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Cut a &amp;hole</source>
      <translation>挖孔(&amp;H)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw what is to be cut out of the selected shape.</source>
      <translation>画出要从选中的形状中挖去的部分。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Smaller brush</source>
      <translation>缩小画笔</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Size of brush and eraser</source>
      <translation>画笔和橡皮的大小</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Make brush and eraser smaller.</source>
      <translation>缩小画笔和橡皮。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Larger brush</source>
      <translation>放大画笔</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Make brush and eraser larger.</source>
      <translation>放大画笔和橡皮。</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Draw with the &amp;last tool</source>
      <translation>用上次的工具绘制(&amp;L)</translation>
    </message>
    <message>
      <extracomment>actions/tool_table.py</extracomment>
      <source>Take up the last drawing tool again.</source>
      <translation>再次使用上一个绘制工具。</translation>
    </message>
    <message>
      <extracomment>application/build.py</extracomment>
      <source>Images</source>
      <translation>图像</translation>
    </message>
    <message>
      <extracomment>application/build.py</extracomment>
      <source>Shapes</source>
      <translation>形状</translation>
    </message>
    <message>
      <extracomment>application/build.py</extracomment>
      <source>Classes</source>
      <translation>类别</translation>
    </message>
    <message>
      <extracomment>application/build.py</extracomment>
      <source>Assist</source>
      <translation>辅助</translation>
    </message>
    <message>
      <extracomment>application/build.py</extracomment>
      <source>Training</source>
      <translation>训练</translation>
    </message>
    <message>
      <extracomment>application/build.py</extracomment>
      <source>History</source>
      <translation>历史</translation>
    </message>
    <message>
      <extracomment>application/exchange/checking.py</extracomment>
      <source>Checking</source>
      <translation>正在检查</translation>
    </message>
    <message>
      <extracomment>application/exchange/dropping.py</extracomment>
      <source>Looking into {folder} …</source>
      <translation>正在查看 {folder}……</translation>
    </message>
    <message>
      <extracomment>application/exchange/dropping.py</extracomment>
      <source>{folder} holds labels.</source>
      <translation>{folder} 中有标注。</translation>
    </message>
    <message>
      <extracomment>application/exchange/dropping.py</extracomment>
      <source>They can be imported into the open project, or the folder can be opened instead.</source>
      <translation>可以把它们导入打开的项目，也可以改为打开该文件夹。</translation>
    </message>
    <message>
      <extracomment>application/exchange/dropping.py</extracomment>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <extracomment>application/exchange/dropping.py</extracomment>
      <source>Import its labels</source>
      <translation>导入其中的标注</translation>
    </message>
    <message>
      <extracomment>application/exchange/dropping.py</extracomment>
      <source>Open the folder</source>
      <translation>打开该文件夹</translation>
    </message>
    <message>
      <extracomment>application/exchange/exporting.py</extracomment>
      <source>Exporting</source>
      <translation>正在导出</translation>
    </message>
    <message>
      <extracomment>application/exchange/exporting.py</extracomment>
      <source>Open folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <extracomment>application/exchange/exporting.py</extracomment>
      <source>{title} to {folder}.</source>
      <translation>{title}，位置：{folder}。</translation>
    </message>
    <message>
      <extracomment>application/exchange/exporting.py</extracomment>
      <source>The export was stopped; what was in the folder before is there.</source>
      <translation>导出已停止；文件夹中原有的内容保持不变。</translation>
    </message>
    <message>
      <extracomment>application/exchange/exporting.py</extracomment>
      <source>Counting</source>
      <translation>正在统计</translation>
    </message>
    <message>
      <extracomment>application/exchange/exporting.py</extracomment>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>Add frames of a video or pages of a TIFF</source>
      <translation>添加视频的帧或 TIFF 的页</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>Reading frames</source>
      <translation>正在读取帧</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>The frames are in {folder}.</source>
      <translation>帧位于 {folder}。</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>The open project stays as it is.</source>
      <translation>已打开的项目保持不变。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/exchange/frames.py</extracomment>
      <source>{name} and {n:,} more</source>
      <translation>
        <numerusform>{name} 等另外 {n:,} 个</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>{written:,} of {seen:,} frames are in the list, from the folder {folder}.</source>
      <translation>{seen:,} 帧中的 {written:,} 帧已加入列表，来自文件夹 {folder}。</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>Stopped; no frame of this file was added.</source>
      <translation>已停止；没有添加该文件的任何帧。</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>Videos and TIFF ({patterns})</source>
      <translation>视频和 TIFF ({patterns})</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>All files (*)</source>
      <translation>所有文件 (*)</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>Stopped; no frame was written and no project made.</source>
      <translation>已停止；没有写入任何帧，也没有创建项目。</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>Open them</source>
      <translation>打开它们</translation>
    </message>
    <message>
      <extracomment>application/exchange/frames.py</extracomment>
      <source>The project is open read-only, so no frames can be added.</source>
      <translation>项目以只读方式打开，因此不能添加帧。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/exchange/frames.py</extracomment>
      <source>{n:,} showed the same as the one before.</source>
      <translation>
        <numerusform>{n:,} 帧与前一帧画面相同。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/exchange/frames.py</extracomment>
      <source>{n:,} were there already.</source>
      <translation>
        <numerusform>{n:,} 帧已存在。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/exchange/importing.py</extracomment>
      <source>Importing</source>
      <translation>正在导入</translation>
    </message>
    <message>
      <extracomment>application/exchange/importing.py</extracomment>
      <source>{title}.</source>
      <translation>{title}。</translation>
    </message>
    <message>
      <extracomment>application/exchange/importing.py</extracomment>
      <source>The import was stopped; nothing was changed.</source>
      <translation>导入已停止；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>application/exchange/importing.py</extracomment>
      <source>The project is open read-only, so nothing can be imported.</source>
      <translation>项目以只读方式打开，因此不能导入。</translation>
    </message>
    <message>
      <extracomment>application/exchange/importing.py</extracomment>
      <source>Reading the labels</source>
      <translation>正在读取标注</translation>
    </message>
    <message>
      <extracomment>application/exchange/importing.py</extracomment>
      <source>Take it back</source>
      <translation>撤回</translation>
    </message>
    <message>
      <extracomment>application/exchange/offering.py</extracomment>
      <source>Labels of another program ({formats}) lie in {folder}; they are not in the project yet.</source>
      <translation>{folder} 中有其他程序的标注（{formats}），它们还不在项目中。</translation>
    </message>
    <message>
      <extracomment>application/exchange/offering.py</extracomment>
      <source>Take them over now or later (File, Import labels); the model waits with its proposals until you have decided.</source>
      <translation>可以现在迁移，也可以以后迁移（文件 &gt; 导入标注）；在你决定之前，模型不会提出候选。</translation>
    </message>
    <message>
      <extracomment>application/exchange/offering.py</extracomment>
      <source>Take them over…</source>
      <translation>迁移…</translation>
    </message>
    <message>
      <extracomment>application/exchange/offering.py</extracomment>
      <source>, </source>
      <translation>、</translation>
    </message>
    <message>
      <extracomment>application/exchange/statistics.py</extracomment>
      <source>Save as a table</source>
      <translation>另存为表格</translation>
    </message>
    <message>
      <extracomment>application/exchange/statistics.py</extracomment>
      <source>Tables (*.csv)</source>
      <translation>表格 (*.csv)</translation>
    </message>
    <message>
      <extracomment>application/exchange/statistics.py</extracomment>
      <source>The counts are in {file}.</source>
      <translation>统计数据位于 {file}。</translation>
    </message>
    <message>
      <extracomment>application/exchange/statistics.py</extracomment>
      <source>The table could not be written ({reason}).</source>
      <translation>表格无法写入（{reason}）。</translation>
    </message>
    <message>
      <extracomment>application/exchange/statistics.py</extracomment>
      <source>Choose another place, or free some space.</source>
      <translation>请选择其他位置，或释放一些空间。</translation>
    </message>
    <message>
      <extracomment>application/extensions.py</extracomment>
      <source>Find in a bo&amp;x with</source>
      <translation>框内查找方式(&amp;X)</translation>
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Images ({patterns})</source>
      <translation>图像 ({patterns})</translation>
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>the sample</source>
      <translation>示例</translation>
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Open a folder of images or a project</source>
      <translation>打开图像文件夹或项目</translation>
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Open an image</source>
      <translation>打开图像</translation>
    </message>
    <message>
      <extracomment>application/frame.py</extracomment>
      <source>Opening {name} …</source>
      <translation>正在打开 {name} …</translation>
    </message>
    <message>
      <extracomment>application/labels/accepting.py</extracomment>
      <source>Accepting proposals</source>
      <translation>正在接受候选</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/accepting.py</extracomment>
      <source>{n:,} proposals</source>
      <translation>
        <numerusform>{n:,} 个候选</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/accepting.py</extracomment>
      <source>{shapes} accepted on {n:,} images.</source>
      <translation>
        <numerusform>已在 {n:,} 张图像上接受 {shapes}。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/accepting.py</extracomment>
      <source>{n:,} images are reviewed now.</source>
      <translation>
        <numerusform>{n:,} 张图像现已审核。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/accepting.py</extracomment>
      <source>Stopped before the rest.</source>
      <translation>已停止，其余未处理。</translation>
    </message>
    <message>
      <extracomment>application/labels/accepting.py</extracomment>
      <source>Nothing was accepted.</source>
      <translation>没有接受任何内容。</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Draw one or more objects of the current class first, or select some: {key} finds what looks like them</source>
      <translation>请先绘制一个或几个当前类别的目标，或选中一些形状：{key} 会查找与它们相似的目标</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Nothing else here looks like them</source>
      <translation>此处没有其他与它们相似的目标</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Nothing else looks enough like them; a lower confidence shows what comes near</source>
      <translation>没有足够相似的其他目标；降低置信度可显示较为接近的对象</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Are there many of these? {key} finds what looks like those that you drew</source>
      <translation>这样的目标很多吗？{key} 会查找与你所画形状相似的目标</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Looking for more like these …</source>
      <translation>正在查找更多类似目标…</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Choose “Mark as not reviewed” in the Image menu first.</source>
      <translation>请先在“图像”菜单中选择“标为未审核”。</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>The project is open read-only, so nothing can be proposed.</source>
      <translation>项目以只读方式打开，因此不能提出候选。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/alike.py</extracomment>
      <source>{n} like them found: correct or delete what is wrong, then ask again</source>
      <translation>
        <numerusform>找到 {n} 个类似目标：请改正或删除有误的，然后再次查找</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>Class names (*.yaml *.yml *.txt *.names *.safetensors)</source>
      <translation>类别名称 (*.yaml *.yml *.txt *.names *.safetensors)</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>Import class names</source>
      <translation>导入类别名称</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>{step} ({note})</source>
      <translation>{step}（{note}）</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>{step}: taken back.</source>
      <translation>{step}：已撤回。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>The project has no class yet.</source>
      <translation>项目还没有类别。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>Type a name below the list of classes to add one.</source>
      <translation>请在类别列表下方输入名称来添加。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>The project has every class of {name} already.</source>
      <translation>{name} 中的类别在项目中都已有。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>There is no other class to merge into.</source>
      <translation>没有其他可合并到的类别。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>{step}: done.</source>
      <translation>{step}：完成。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <extracomment>application/labels/class_changes.py</extracomment>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/class_list.py</extracomment>
      <source>Class of {n} shapes</source>
      <translation>
        <numerusform>{n} 个形状的类别</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>Class of new shapes</source>
      <translation>新形状的类别</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>The class was added after you had left the image, so no shape got it.</source>
      <translation>离开图像之后才添加该类别，因此没有形状得到它。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>Go back to that image and choose it again.</source>
      <translation>请回到该图像并重新选择。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>Class of the new shape</source>
      <translation>新形状的类别</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>No shape of {name} can be selected on this image</source>
      <translation>本图中没有可选择的“{name}”形状</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>The shape is not kept without a class, and there is none yet.</source>
      <translation>形状没有类别就不会保留，而目前还没有任何类别。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>No class has the number key {number}.</source>
      <translation>没有使用数字键 {number} 的类别。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>Click the key of a class in the list to choose one, or add a class below it.</source>
      <translation>请在列表中单击类别的数字键来选择，或在下方添加类别。</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>Class of the shape</source>
      <translation>形状的类别</translation>
    </message>
    <message>
      <extracomment>application/labels/class_list.py</extracomment>
      <source>Choose its class…</source>
      <translation>选择它的类别…</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Nothing stands out there; click elsewhere on the object, or drag a box around it</source>
      <translation>此处没有明显的目标；请单击目标的其他位置，或围绕它拖出一个框</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Enter keeps the shape, another click changes it</source>
      <translation>Enter 保留形状，再次单击可调整</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Looking there …</source>
      <translation>正在查看此处 …</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>The model in use answers your clicks. MobileSAM ({size:.0f} MB, {licence}) knows more kinds of objects, but is not on this computer. Nothing was fetched.</source>
      <translation>由当前所用的模型回应单击。MobileSAM（{size:.0f} MB，{licence}）认识更多种类的目标，但不在这台电脑上。未下载任何内容。</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>It comes from {address}. Without a network put the file at {place}.</source>
      <translation>它来自 {address}。没有网络时，请把文件放到 {place}。</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Fetching MobileSAM: {share:.0%} is here.</source>
      <translation>正在下载 MobileSAM：已完成 {share:.0%}。</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>MobileSAM is here.</source>
      <translation>MobileSAM 已就绪。</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Click on an object to outline it.</source>
      <translation>单击目标即可勾出轮廓。</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>{stage}: takes seconds, once an image …</source>
      <translation>{stage}：需要几秒，每张图像一次 …</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Fetch it</source>
      <translation>下载</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <extracomment>application/labels/clicking.py</extracomment>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>The project is open read-only, so nothing was changed.</source>
      <translation>项目以只读方式打开，因此没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Nothing was copied yet in this project: select shapes and copy them first</source>
      <translation>此项目中尚未复制任何形状：请先选中形状并复制</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/editing.py</extracomment>
      <source>{n} shapes are deleted; {key} brings them back</source>
      <translation>
        <numerusform>已删除 {n} 个形状；按 {key} 可恢复</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>No proposal that is shown waits on this image</source>
      <translation>此图像上没有待处理且可见的候选</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/editing.py</extracomment>
      <source>{n:,} shapes lie outside of this image, which is smaller: they were left out</source>
      <translation>
        <numerusform>有 {n:,} 个形状位于这张较小的图像之外，未被复制</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>{name} is shown again</source>
      <translation>已重新显示 {name}</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/editing.py</extracomment>
      <source>{n} shapes copied</source>
      <translation>
        <numerusform>已复制 {n} 个形状</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>All that is shown scores below {least}, the confidence of the slider: lower it, or accept the image</source>
      <translation>显示的候选得分都低于滑块的置信度 {least}：请调低滑块，或接受整张图像</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>{name} cannot be shown ({damage}), so nobody can vouch for it.</source>
      <translation>{name} 无法显示（{damage}），因此无法审核。</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>It is left out of training and exports.</source>
      <translation>它不参与训练和导出。</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Locked shapes stay as they are</source>
      <translation>锁定的形状保持不变</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/editing.py</extracomment>
      <source>{n:,} copied shapes are proposals that nobody has looked at</source>
      <translation>
        <numerusform>复制的形状中有 {n:,} 个是尚未有人看过的候选</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>No object stands out in this box; draw it closer around one</source>
      <translation>此框中没有明显的目标；请围绕目标画得更紧一些</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>The model sees no object that fits; nothing was changed</source>
      <translation>模型没有看到相符的目标；没有做任何更改</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>The model looks closer …</source>
      <translation>模型正在放大查看 …</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>The shape was changed meanwhile, so it stays as it is now</source>
      <translation>形状在此期间有改动，因此保持现状</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>This object has a shape already: it is selected, {key} refines it</source>
      <translation>该目标已有形状：已选中它，{key} 可优化它</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>Looking for the object …</source>
      <translation>正在查找目标 …</translation>
    </message>
    <message>
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>Nothing was changed.</source>
      <translation>没有任何更改。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>{kept:,} of {n:,} objects were followed to the last image; the others left, are hidden or look different. Draw them where they are seen again, and follow on from there.</source>
      <translation>
        <numerusform>{n:,} 个目标中有 {kept:,} 个跟随到了最后一张图像；其余的已离开、被遮挡或外观已改变。请在重新看到它们的图像中绘制，再从那里继续跟随。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>{shapes} put on {n:,} images in {time} ({rate:.1f} images/s).</source>
      <translation>
        <numerusform>已把 {shapes}放到 {n:,} 张图像上，用时 {time}（{rate:.1f} 张图像/秒）。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>All {n:,} objects were followed to the last image.</source>
      <translation>
        <numerusform>全部 {n:,} 个目标都跟随到了最后一张图像。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>{name} has another size, so it ended there.</source>
      <translation>{name} 的尺寸不同，因此在那里结束。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>{n:,} images stay as they are: reviewed, skipped, or changed meanwhile.</source>
      <translation>
        <numerusform>{n:,} 张图像保持不变：已审核、已跳过，或其间有改动。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>No image comes after this one in the list.</source>
      <translation>列表中此图像之后没有图像。</translation>
    </message>
    <message>
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>Open the image whose shapes are to be followed, or select several images; clear the filter if it hides them.</source>
      <translation>请打开要跟随其形状的图像，或选择多张图像；如果被筛选隐藏，请清除筛选。</translation>
    </message>
    <message>
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>From {name} on none of them was seen.</source>
      <translation>从 {name} 起再也没有看到其中任何一个。</translation>
    </message>
    <message>
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>less than a second</source>
      <translation>不到一秒</translation>
    </message>
    <message>
      <extracomment>application/labels/follow_on.py</extracomment>
      <source>Following shapes</source>
      <translation>正在跟随形状</translation>
    </message>
    <message>
      <extracomment>application/labels/history.py</extracomment>
      <source>Earlier version: {step}</source>
      <translation>早先的版本：{step}</translation>
    </message>
    <message>
      <extracomment>application/labels/history.py</extracomment>
      <source>Click on the step in the list to go there; click here to look at the present.</source>
      <translation>单击列表中的步骤可回到那里；单击此处查看当前内容。</translation>
    </message>
    <message>
      <extracomment>application/labels/history.py</extracomment>
      <source>A batch that was taken back as a whole cannot be done again as one.</source>
      <translation>整体撤回的批量运行不能整体重做。</translation>
    </message>
    <message>
      <extracomment>application/labels/history.py</extracomment>
      <source>Run it again, or redo it image by image.</source>
      <translation>请重新运行，或逐图像重做。</translation>
    </message>
    <message>
      <extracomment>application/labels/label_errors.py</extracomment>
      <source>Looking for label errors</source>
      <translation>正在查找标注错误</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/label_errors.py</extracomment>
      <source>{n} labels are disputed.</source>
      <translation>
        <numerusform>{n} 处标注存疑。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/label_errors.py</extracomment>
      <source>Show them</source>
      <translation>显示这些形状</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/many.py</extracomment>
      <source>{n:,} images were changed meanwhile, or cannot be read, and stay as they are.</source>
      <translation>
        <numerusform>{n:,} 张图像在此期间被更改或无法读取，保持原样。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/nameless.py</extracomment>
      <source>Click a shape and press the number of its class. In the images after this one, what looks like it gets that class by itself.</source>
      <translation>单击一个形状，再按其类别的数字键。在之后的图像中，与它相似的目标会自动得到该类别。</translation>
    </message>
    <message>
      <extracomment>application/labels/nameless.py</extracomment>
      <source>One class for all…</source>
      <translation>全部归入一个类别…</translation>
    </message>
    <message>
      <extracomment>application/labels/nameless.py</extracomment>
      <source>If all that it finds is “{other}”, say so here.</source>
      <translation>如果它找到的都是“{other}”，请在这里说明。</translation>
    </message>
    <message>
      <extracomment>application/labels/nameless.py</extracomment>
      <source>This model finds things, but knows no classes: it calls them “{name}”.</source>
      <translation>这个模型能找到目标，但不认识类别：它把它们都叫作“{name}”。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/nameless.py</extracomment>
      <source>{n} shapes of {image} were accepted as “{name}”, which is not one of your classes.</source>
      <translation>
        <numerusform>{image} 中有 {n} 个形状以“{name}”被接受，而它不是你自己的类别。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/nameless.py</extracomment>
      <source>A model learns that name from them. Show them and press the number of a class.</source>
      <translation>模型会从中学到这个名称。请显示这些形状，再按类别的数字键。</translation>
    </message>
    <message>
      <extracomment>application/labels/nameless.py</extracomment>
      <source>All is “{other}”</source>
      <translation>全部是“{other}”</translation>
    </message>
    <message>
      <extracomment>application/labels/pointing.py</extracomment>
      <source>Outlined; click it again for another outline</source>
      <translation>已勾出轮廓；再次单击可换成另一个轮廓</translation>
    </message>
    <message>
      <extracomment>application/labels/pointing.py</extracomment>
      <source>Accepted; click it again for another outline</source>
      <translation>已接受；再次单击可换成另一个轮廓</translation>
    </message>
    <message>
      <extracomment>application/labels/pointing.py</extracomment>
      <source>The model sees no object there; drag a box around it, or draw it</source>
      <translation>模型在那里没有看到目标；请围绕目标拖出一个框，或手动绘制</translation>
    </message>
    <message>
      <extracomment>application/labels/pointing.py</extracomment>
      <source>No other outline was seen there; drag a box around the object, or draw it</source>
      <translation>在那里没有看到其他轮廓；请围绕目标拖出一个框，或手动绘制</translation>
    </message>
    <message>
      <extracomment>application/labels/pointing.py</extracomment>
      <source>These were all; this is the first outline again</source>
      <translation>已是全部轮廓；现在又是第一个</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>All shapes of the previous image are here already</source>
      <translation>上一张图像的形状都已在此</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>The previous image has no shapes</source>
      <translation>上一张图像没有形状</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/previous.py</extracomment>
      <source>{n:,} shapes followed from {name}</source>
      <translation>
        <numerusform>{n:,} 个形状已从 {name} 跟随过来</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>What is lost has left the image, is hidden or looks different. {key} again puts it where it was.</source>
      <translation>丢失的目标已离开图像、被遮挡或外观已改变。再按 {key} 会把形状放在原来的位置。</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>Looking where the shapes of {name} have gone …</source>
      <translation>正在查找 {name} 的形状移到了哪里……</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>Nothing of {name} was found again here: shapes lie where they were.</source>
      <translation>在此处没有再找到 {name} 的任何目标：形状在原来的位置。</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>Move them, or take them back with {key}.</source>
      <translation>请移动它们，或用 {key} 撤销。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/previous.py</extracomment>
      <source>They are proposals until you accept them</source>
      <translation>
        <numerusform>在你接受之前它们是候选</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/previous.py</extracomment>
      <source>{followed}, {n:,} were lost.</source>
      <translation>
        <numerusform>{followed}，{n:,} 个丢失。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/previous.py</extracomment>
      <source>{n:,} shapes of {name} were lost, the others are here already.</source>
      <translation>
        <numerusform>{name} 的 {n:,} 个形状丢失，其余的已在此处。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>The shapes of {name} could not be followed, so they lie where they were.</source>
      <translation>无法跟随 {name} 的形状，因此它们在原来的位置。</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>There is no image before this one in the list.</source>
      <translation>列表中此图像之前没有图像。</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>The list is filtered and does not show this image, so none is before it.</source>
      <translation>列表经过筛选，不含此图像，因此它之前没有图像。</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>Clear the filter, then press {key} again.</source>
      <translation>请清除筛选，再按 {key}。</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>{key} brings the shapes of {name} to where their objects are in this frame.</source>
      <translation>{key} 把 {name} 的形状移到目标在此帧中的位置。</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>Bring them</source>
      <translation>移过来</translation>
    </message>
    <message>
      <extracomment>application/labels/review.py</extracomment>
      <source>Tab next object, {accept} accept, {reject} reject, Enter image</source>
      <translation>Tab 下一个目标，{accept} 接受，{reject} 拒绝，Enter 接受图像</translation>
    </message>
    <message>
      <extracomment>application/labels/review.py</extracomment>
      <source>Every image of the list is reviewed.</source>
      <translation>列表中的图像都已审核。</translation>
    </message>
    <message>
      <extracomment>application/labels/review.py</extracomment>
      <source>Train on them, and the model proposes better.</source>
      <translation>用它们训练，模型的候选会更好。</translation>
    </message>
    <message>
      <extracomment>application/labels/review.py</extracomment>
      <source>No proposal is left here; {keys} accepts the image</source>
      <translation>此处已没有待定候选；按 {keys} 接受此图像</translation>
    </message>
    <message>
      <extracomment>application/labels/review.py</extracomment>
      <source>No proposal is left here</source>
      <translation>此处已没有待定候选</translation>
    </message>
    <message>
      <extracomment>application/labels/review.py</extracomment>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <extracomment>application/labels/selected.py</extracomment>
      <source>Marking images</source>
      <translation>正在标记图像</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} images belong to “{split}” now.</source>
      <translation>
        <numerusform>{n:,} 张图像现属于“{split}”。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} images stay as they are: their files cannot be shown, or are not those that were labelled.</source>
      <translation>
        <numerusform>{n:,} 张图像保持不变：其文件无法显示，或已不是当初标注时的文件。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>Mark {n:,} images as reviewed?</source>
      <translation>
        <numerusform>把 {n:,} 张图像标为已审核？</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>Mark {n:,} images</source>
      <translation>
        <numerusform>标记 {n:,} 张图像</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} images have no place in the split now.</source>
      <translation>
        <numerusform>{n:,} 张图像现在不属于任何子集。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/selected.py</extracomment>
      <source>It counts from the next training or export on.</source>
      <translation>从下次训练或导出起生效。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>Mark {n:,} images, also as empty</source>
      <translation>
        <numerusform>标记 {n:,} 张图像，包括空图像</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} of them have no shapes: models learn that there is nothing on them.</source>
      <translation>
        <numerusform>其中 {n:,} 张没有形状：模型会学到其上什么也没有。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} of them were skipped until now: models learn from them too.</source>
      <translation>
        <numerusform>其中 {n:,} 张此前已跳过：模型也会从中学习。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} proposals that nobody has looked at are accepted as they are: models learn them.</source>
      <translation>
        <numerusform>{n:,} 个还没有人看过的候选会原样接受：模型会从中学习。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} shapes are called “{name}”, which is not one of your classes, and models learn that name: choose another first (Assist, Classes…).</source>
      <translation>
        <numerusform>{n:,} 个形状叫作“{name}”，这不是你自己的类别，而模型会学会这个名称：请先另选类别（辅助，类别…）。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/selected.py</extracomment>
      <source>The next training or export gives them one.</source>
      <translation>下次训练或导出时会为它们分配子集。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} images are skipped now.</source>
      <translation>
        <numerusform>{n:,} 张图像现已跳过。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>{n:,} images are back to work.</source>
      <translation>
        <numerusform>{n:,} 张图像已改回进行中。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/selected.py</extracomment>
      <source>The selected images have that place in the split already</source>
      <translation>所选图像已在该划分中</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/labels/selected.py</extracomment>
      <source>Only the {n:,} with shapes</source>
      <translation>
        <numerusform>只标有形状的 {n:,} 张</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/labels/selected.py</extracomment>
      <source>The selected images are reviewed already</source>
      <translation>所选图像均已审核</translation>
    </message>
    <message>
      <extracomment>application/labels/selected.py</extracomment>
      <source>The selected images are skipped already</source>
      <translation>所选图像均已跳过</translation>
    </message>
    <message>
      <extracomment>application/labels/selected.py</extracomment>
      <source>None of the selected images is reviewed or skipped</source>
      <translation>所选图像中没有已审核或已跳过的</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>Choose another…</source>
      <translation>选择其他模型…</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>Checking {name} …</source>
      <translation>正在检查 {name} …</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>{name} + live</source>
      <translation>{name} + 实时学习</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>runs on the {device}</source>
      <translation>在 {device} 上运行</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>runs on the CPU: {reason}</source>
      <translation>在 CPU 上运行：{reason}</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>{name} pre-labels from now on.</source>
      <translation>从现在起由 {name} 预标注。</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>{name} pre-labels again.</source>
      <translation>重新由 {name} 预标注。</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>The project is open read-only.</source>
      <translation>项目以只读方式打开。</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>There is no model.</source>
      <translation>没有模型。</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>engine starting …</source>
      <translation>推理引擎启动中 …</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>loading the model …</source>
      <translation>正在加载模型 …</translation>
    </message>
    <message>
      <extracomment>application/models/active.py</extracomment>
      <source>engine stopped</source>
      <translation>推理引擎已停止</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>The model is looking at this image; its proposals appear by themselves.</source>
      <translation>模型正在处理这张图像，候选会自动出现。</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>The model found nothing here that it is sure enough of</source>
      <translation>模型在此图中没有找到足够确定的目标</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>The model finds nothing new here</source>
      <translation>模型在此图中没有找到新的目标</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>What else the model finds here was rejected; {key} takes that back</source>
      <translation>模型在此图中找到的其他目标已被拒绝；按 {key} 可撤销</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>This image is reviewed, so the model leaves it alone.</source>
      <translation>此图像已审核，因此模型不会处理它。</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>This image is skipped, so the model leaves it alone.</source>
      <translation>此图像已跳过，因此模型不会处理它。</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>The model looks at the image …</source>
      <translation>模型正在查看图像 …</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>{stage}: {done} of {total} …</source>
      <translation>{stage}：{done} / {total} …</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>These proposals were imported; {key} asks for those of the model instead</source>
      <translation>这些候选是导入的；按 {key} 可改用模型的候选</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>No proposals are kept for this image; {key} asks for them</source>
      <translation>此图像没有保留的候选；按 {key} 可获取</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/batch.py</extracomment>
      <source>{n} shapes</source>
      <translation>
        <numerusform>{n} 个形状</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/batch.py</extracomment>
      <source>{n} images pre-labelled with {shapes}.</source>
      <translation>
        <numerusform>已预标注 {n} 张图像，共 {shapes}。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/batch.py</extracomment>
      <source>Stopped; what was done stays.</source>
      <translation>已停止；已完成的保留。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/batch.py</extracomment>
      <source>{n} images pre-labelled with {shapes} in {time} ({rate:.1f} images/s).</source>
      <translation>
        <numerusform>已预标注 {n} 张图像，共 {shapes}，用时 {time}（{rate:.1f} 张/秒）。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/batch.py</extracomment>
      <source>{n} images failed; they are listed in the panel.</source>
      <translation>
        <numerusform>{n} 张图像失败；已列在面板中。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/batch.py</extracomment>
      <source>What was done until then stays.</source>
      <translation>此前已完成的保留。</translation>
    </message>
    <message>
      <extracomment>application/models/batch.py</extracomment>
      <source>Stopped before anything was changed.</source>
      <translation>在做出任何更改之前已停止。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/batch.py</extracomment>
      <source>The run is taken back on {n} images.</source>
      <translation>
        <numerusform>已在 {n} 张图像上撤回此次运行。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/batch.py</extracomment>
      <source>Pre-labelling</source>
      <translation>正在预标注</translation>
    </message>
    <message>
      <extracomment>application/models/batch.py</extracomment>
      <source>There is no batch or import to take back.</source>
      <translation>没有可以撤回的批量运行或导入。</translation>
    </message>
    <message>
      <extracomment>application/models/batch.py</extracomment>
      <source>Taking the run back</source>
      <translation>正在撤回运行</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/batch.py</extracomment>
      <source>{n} images were changed since and stay.</source>
      <translation>
        <numerusform>{n} 张图像此后有改动，因此保留。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/closer_look.py</extracomment>
      <source>The objects here are small for the model, so it may miss many of them.</source>
      <translation>这里的目标对模型来说太小，可能会漏掉许多。</translation>
    </message>
    <message>
      <extracomment>application/models/closer_look.py</extracomment>
      <source>It finds more when it looks at parts of the images, which takes longer.</source>
      <translation>分块查看图像能找到更多，但需要更长时间。</translation>
    </message>
    <message>
      <extracomment>application/models/closer_look.py</extracomment>
      <source>The model found more objects here than are kept: the surest {n:,}.</source>
      <translation>模型在这里找到的目标多于保留的数量：只保留了置信度最高的 {n:,} 个。</translation>
    </message>
    <message>
      <extracomment>application/models/closer_look.py</extracomment>
      <source>Look closer</source>
      <translation>看近些</translation>
    </message>
    <message>
      <extracomment>application/models/closer_look.py</extracomment>
      <source>Keep up to {n:,}</source>
      <translation>最多保留 {n:,} 个</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>A run is going on, so nothing is compared now.</source>
      <translation>正在运行，因此现在不进行对比。</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>Comparing …</source>
      <translation>正在比较 …</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>Take the run back</source>
      <translation>撤回此次运行</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>Run it</source>
      <translation>正式运行</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>No run has changed anything in this project yet.</source>
      <translation>此项目还没有任何运行做过改动。</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>The project is open read-only, so runs cannot be compared.</source>
      <translation>项目以只读方式打开，因此无法对比运行。</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>Stop it or wait for its end.</source>
      <translation>请停止它，或等待它结束。</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>The run of {when:%H:%M}</source>
      <translation>{when:%H:%M} 的运行</translation>
    </message>
    <message>
      <extracomment>application/models/comparing.py</extracomment>
      <source>A run now, nothing is changed yet</source>
      <translation>试运行，尚未做任何更改</translation>
    </message>
    <message>
      <extracomment>application/models/intake.py</extracomment>
      <source>Add a model to this project</source>
      <translation>向此项目添加模型</translation>
    </message>
    <message>
      <extracomment>application/models/intake.py</extracomment>
      <source>Models (*.safetensors *.pt)</source>
      <translation>模型 (*.safetensors *.pt)</translation>
    </message>
    <message>
      <extracomment>application/models/intake.py</extracomment>
      <source>dynseg models (*.safetensors)</source>
      <translation>dynseg 模型 (*.safetensors)</translation>
    </message>
    <message>
      <extracomment>application/models/intake.py</extracomment>
      <source>Checking {name}</source>
      <translation>正在检查 {name}</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/library.py</extracomment>
      <source>{models} (on the same {n} reviewed images).</source>
      <translation>
        <numerusform>{models}（在同样的 {n} 张已审核图像上）。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/library.py</extracomment>
      <source>{path} answers as the original: boxes differ by at most {box_px:.1e} pixels, scores by {score:.1e}, on {n} photographs.</source>
      <translation>
        <numerusform>{path} 的结果与原模型一致：在 {n} 张照片上，框最多相差 {box_px:.1e} 像素，得分最多相差 {score:.1e}。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>In Python: {line}</source>
      <translation>在 Python 中：{line}</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>The guide has a program without Ultralytics (Training, Export a model for elsewhere).</source>
      <translation>指南中有不依赖 Ultralytics 的程序（“训练”，“导出模型供别处使用”）。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>This program has to be installed beside Ultralytics for it.</source>
      <translation>使用它时，本程序须与 Ultralytics 装在一起。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>{name} is deleted; Restore undoes it.</source>
      <translation>已删除 {name}；“恢复”可以撤销。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>{name} is back.</source>
      <translation>已恢复 {name}。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>{name} is gone for ever.</source>
      <translation>已彻底删除 {name}。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>Measuring {active} and {name} on the validation images …</source>
      <translation>正在验证图像上衡量 {active} 和 {name} …</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>Write {name} for another program</source>
      <translation>为其他程序写出 {name}</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>Writing {target} and comparing it with {name} …</source>
      <translation>正在写出 {target} 并与 {name} 对比 …</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>Classes were ignored, since one of the models knows none.</source>
      <translation>没有考虑类别，因为其中一个模型不认识类别。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>It has learned from parts of images, up to {times:.1f} times larger, and looks at them besides the whole here; elsewhere cut images into such parts, too, or it finds fewer small objects.</source>
      <translation>它从图像的局部（最多放大 {times:.1f} 倍）学习过，在本程序中除了整张图像还会查看这些局部；在别处也请把图像切成这样的部分，否则找到的小目标会变少。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>{old} is called {new} now.</source>
      <translation>{old} 现在名为 {new}。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>{name} is in the project. Use this model lets it pre-label.</source>
      <translation>{name} 已加入项目。选择“使用此模型”即可用它预标注。</translation>
    </message>
    <message>
      <extracomment>application/models/library.py</extracomment>
      <source>Stopped; nothing was changed.</source>
      <translation>已停止；没有做任何更改。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/library.py</extracomment>
      <source>{name} has learned from {n} of them, which flatters it.</source>
      <translation>
        <numerusform>{name} 学习过其中 {n} 张，因此其数值偏高。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/live.py</extracomment>
      <source>The project is open read-only, so nothing is learned from it.</source>
      <translation>项目以只读方式打开，因此不会从中学习。</translation>
    </message>
    <message>
      <extracomment>application/models/live.py</extracomment>
      <source>The project is not where it was. Learning goes on after the next edit that is saved.</source>
      <translation>项目已不在原来的位置。下一次修改保存成功后会继续学习。</translation>
    </message>
    <message>
      <extracomment>application/models/matching.py</extracomment>
      <source>The project is open read-only, so no other classes can be chosen.</source>
      <translation>项目以只读方式打开，因此不能选择其他类别。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/renaming.py</extracomment>
      <source>Proposals of {n} images still have the classes of before.</source>
      <translation>
        <numerusform>还有 {n} 张图像的候选仍是原来的类别。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/renaming.py</extracomment>
      <source>What {model} finds gets the class that you chose from now on.</source>
      <translation>从现在起，{model} 找到的对象使用你选择的类别。</translation>
    </message>
    <message>
      <extracomment>application/models/renaming.py</extracomment>
      <source>Change them too</source>
      <translation>一并更改</translation>
    </message>
    <message>
      <extracomment>application/models/renaming.py</extracomment>
      <source>A run is going on, so no other proposals are changed now.</source>
      <translation>正在运行预标注，因此现在不会更改其他候选。</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>preparing a training</source>
      <translation>正在准备训练</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Going on where it stopped</source>
      <translation>正在从停止处继续</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>The training run could not be reached, so it goes on; no label was changed.</source>
      <translation>无法联系到训练任务，因此它会继续；标注没有改变。</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Free some space on the disk of the project, then try again.</source>
      <translation>请在项目所在的磁盘上释放空间，然后重试。</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>training</source>
      <translation>训练中</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>training on {host}</source>
      <translation>正在 {host} 上训练</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Training is done.</source>
      <translation>训练已完成。</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Your last edits are not saved yet, so nothing was started.</source>
      <translation>最后的改动还没有保存，因此没有开始任何任务。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/models/training.py</extracomment>
      <source>{name} is active and pre-labels the {n} images left to review.</source>
      <translation>
        <numerusform>{name} 已启用，正在预标注其余 {n} 张待审核的图像。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>What people did stays as it is.</source>
      <translation>人工标注保持不变。</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>{name} is active now.</source>
      <translation>{name} 已启用。</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>{share:.0f} %, {time} left</source>
      <translation>{share:.0f} %，剩余 {time}</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>{words}, on {host}</source>
      <translation>{words}，在 {host} 上</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>running on {host}</source>
      <translation>正在 {host} 上运行</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>training {words}</source>
      <translation>训练中 {words}</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>a new model waits</source>
      <translation>新模型等待决定</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Training has failed; the active model is unchanged.</source>
      <translation>训练失败；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>A run of this project is found again</source>
      <translation>重新找到此项目的一个训练任务</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>nearly done</source>
      <translation>即将完成</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Waiting for the cluster</source>
      <translation>正在等待集群</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Promote</source>
      <translation>采用</translation>
    </message>
    <message>
      <extracomment>application/models/training.py</extracomment>
      <source>Compare</source>
      <translation>对比</translation>
    </message>
    <message>
      <extracomment>application/projects/backing.py</extracomment>
      <source>Bringing a backup back</source>
      <translation>正在恢复备份</translation>
    </message>
    <message>
      <extracomment>application/projects/backing.py</extracomment>
      <source>A run is going on, so the backup was not brought back.</source>
      <translation>有运行正在进行，因此没有恢复备份。</translation>
    </message>
    <message>
      <extracomment>application/projects/backing.py</extracomment>
      <source>Stop it first, then try again.</source>
      <translation>请先停止它，然后重试。</translation>
    </message>
    <message>
      <extracomment>application/projects/backing.py</extracomment>
      <source>A shape is being drawn, so the backup was not brought back.</source>
      <translation>正在绘制形状，因此没有恢复备份。</translation>
    </message>
    <message>
      <extracomment>application/projects/backing.py</extracomment>
      <source>The labels are as in {name}.</source>
      <translation>标注已恢复为 {name} 中的内容。</translation>
    </message>
    <message>
      <extracomment>application/projects/backing.py</extracomment>
      <source>What was there before is the newest backup: bring it back the same way.</source>
      <translation>恢复之前的内容是最新的备份：可以用同样的方法恢复。</translation>
    </message>
    <message>
      <extracomment>application/projects/beginning.py</extracomment>
      <source>A shape is being drawn, so this project stays open.</source>
      <translation>正在绘制形状，因此当前项目保持打开。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Some edits are not saved yet.</source>
      <translation>有些改动还没有保存。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>The language changes with the next start.</source>
      <translation>语言将在下次启动时更改。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Edits are not saved</source>
      <translation>有改动没有保存</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Keep the window open</source>
      <translation>保持窗口打开</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Close and lose them</source>
      <translation>关闭并放弃改动</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Something is still running</source>
      <translation>仍有任务在运行</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Closing the window stops it. Your labels are saved either way.</source>
      <translation>关闭窗口会停止该任务。无论如何，你的标注都已保存。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Stop it and close</source>
      <translation>停止并关闭</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>A training run is going on</source>
      <translation>训练任务正在运行</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>The model is still learning.</source>
      <translation>模型还在学习。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>It can go on without the window: the next start finds it again. Your labels are saved either way.</source>
      <translation>不打开窗口也可以继续：下次启动会重新找到它。无论如何，标注都已保存。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Leave it running</source>
      <translation>让它继续运行</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Stop it</source>
      <translation>停止它</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>The training run is being stopped; the window closes after that.</source>
      <translation>正在停止训练；之后窗口会关闭。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>A shape is being drawn, so the window stays open.</source>
      <translation>正在绘制一个形状，窗口保持打开。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Finish it first; closing once more now gives it up.</source>
      <translation>请先完成它；现在再关闭一次就会放弃它。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/closing.py</extracomment>
      <source>{n} edits could not be saved, so the window stays open.</source>
      <translation>
        <numerusform>{n} 处改动无法保存，因此窗口保持打开。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>The folder of this project was moved or deleted while it was open.</source>
      <translation>该项目的文件夹在打开期间被移动或删除。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>The project's folder is gone</source>
      <translation>项目的文件夹已不存在</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>If it was deleted, closing the window loses all its labels; one that was moved can be opened where it is now.</source>
      <translation>如果它被删除，关闭窗口将丢失其全部标注；如果只是被移动，可以在现在的位置打开它。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>A shape is being drawn that would be lost.</source>
      <translation>正在绘制的形状会丢失。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/closing.py</extracomment>
      <source>{n} edits are only in memory.</source>
      <translation>
        <numerusform>{n} 处改动只在内存中。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>The drive or network folder of this project is not there: connect it again and retry. What was saved is safe there, but closing the window loses these edits.</source>
      <translation>此项目所在的驱动器或网络文件夹不在：请重新连接后重试。已保存的内容在那里是安全的，但关闭窗口会丢失这些编辑。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Closing the window loses them.</source>
      <translation>关闭窗口会丢失这些改动。</translation>
    </message>
    <message>
      <extracomment>application/projects/closing.py</extracomment>
      <source>Something is running that would have to stop; your labels are not affected.</source>
      <translation>有正在运行的任务需要停止；标注不受影响。</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Opening the sample …</source>
      <translation>正在打开示例 …</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Find them…</source>
      <translation>查找…</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>The open project has edits that could not be saved, so it stays open.</source>
      <translation>打开的项目中有改动无法保存，因此保持打开。</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Stopped; no project was made and no file was changed.</source>
      <translation>已停止；没有创建项目，也没有更改任何文件。</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Where to keep the labels</source>
      <translation>标注的存放位置</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/current.py</extracomment>
      <source>{n:,} new images.</source>
      <translation>
        <numerusform>{n:,} 张新图像。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/current.py</extracomment>
      <source>{n:,} images are not where they were.</source>
      <translation>
        <numerusform>{n:,} 张图像不在原来的位置。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/current.py</extracomment>
      <source>Their labels are kept: put the files back, or say where they are now.</source>
      <translation>
        <numerusform>它们的标注会保留：请把文件放回原处，或指明它们现在的位置。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/current.py</extracomment>
      <source>{n:,} files are other ones now.</source>
      <translation>
        <numerusform>{n:,} 个文件已被换成别的文件。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/current.py</extracomment>
      <source>What that means for their labels is said above each of them.</source>
      <translation>
        <numerusform>打开每张图像时，上方会说明这对其标注意味着什么。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>No image is new or missing, and no labelled file was replaced.</source>
      <translation>没有新增或缺失的图像，已标注的文件也没有被替换。</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Everything is saved.</source>
      <translation>一切都已保存。</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Another project is being opened, so this one was not.</source>
      <translation>正在打开另一个项目，因此没有打开此项目。</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Wait until it is open, or stop that in the status line.</source>
      <translation>请等待其打开，或在状态栏中停止。</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Keep labels elsewhere…</source>
      <translation>把标注存放在别处…</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Open it again</source>
      <translation>重新打开</translation>
    </message>
    <message>
      <extracomment>application/projects/current.py</extracomment>
      <source>Add frames…</source>
      <translation>添加帧…</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>None of the missing images is in {folder}.</source>
      <translation>{folder} 中没有缺失的图像。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/originals.py</extracomment>
      <source>{n:,} other images have files of another size in the same ratio.</source>
      <translation>
        <numerusform>另有 {n:,} 个图像的文件尺寸不同，但比例相同。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>If all of them were made smaller or larger, their shapes can be scaled too.</source>
      <translation>如果它们都被缩小或放大过，其形状也可以一并缩放。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Where the moved images are</source>
      <translation>移动后的图像所在的位置</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/originals.py</extracomment>
      <source>{n:,} images have their files again, with their labels.</source>
      <translation>
        <numerusform>{n:,} 张图像重新找到了文件，标注也一并恢复。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Linking images again</source>
      <translation>正在重新关联图像</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>{name} is not where it was; its labels are kept.</source>
      <translation>{name} 不在原来的位置；其标注会保留。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Put it back, or choose where moved images are: they are known by their content.</source>
      <translation>请把它放回原处，或指定图像移动后的位置：程序按内容识别图像。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/originals.py</extracomment>
      <source>{n:,} were known by name and size alone.</source>
      <translation>
        <numerusform>{n:,} 张仅凭名称和大小识别。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/originals.py</extracomment>
      <source>{n:,} are still missing; their labels are kept.</source>
      <translation>
        <numerusform>仍缺失 {n:,} 张；其标注会保留。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/originals.py</extracomment>
      <source>{n:,} lie where other images have labels, and were left alone.</source>
      <translation>
        <numerusform>{n:,} 张所在的位置已有其他图像的标注，因此没有改动。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>The newest backup takes it back.</source>
      <translation>可用最新的备份撤回。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>A shape is being drawn, so the shapes were not scaled.</source>
      <translation>正在绘制形状，因此没有缩放形状。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Scale them too</source>
      <translation>一并缩放</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>A shape is being drawn, so no image is linked again.</source>
      <translation>正在绘制形状，因此没有重新关联图像。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Stopped; no image was linked again and every label is kept.</source>
      <translation>已停止；没有重新关联图像，所有标注都已保留。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/originals.py</extracomment>
      <source>{n:,} moved images were found. They were not linked again, because a shape is being drawn or a run is going on.</source>
      <translation>
        <numerusform>找到 {n:,} 张移动过的图像。由于正在绘制形状或正在运行，没有重新关联它们。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Finish that first, then look again.</source>
      <translation>请先完成它，然后再次查找。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>No image is missing.</source>
      <translation>没有缺失的图像。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>The project is open read-only, so no image can be linked again.</source>
      <translation>项目以只读方式打开，因此不能重新关联图像。</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Find it…</source>
      <translation>查找…</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Scaling shapes</source>
      <translation>正在缩放形状</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>Look again</source>
      <translation>重新检查</translation>
    </message>
    <message>
      <extracomment>application/projects/originals.py</extracomment>
      <source>A run is going on, so no image is linked again.</source>
      <translation>有运行正在进行，因此没有重新关联图像。</translation>
    </message>
    <message>
      <extracomment>application/projects/outline_guard.py</extracomment>
      <source>Finish it first; asking once more now gives it up.</source>
      <translation>请先完成它；现在再操作一次则放弃它。</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>Save a copy elsewhere…</source>
      <translation>另存副本到别处…</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>Retry</source>
      <translation>重试</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>The folder of the open project was moved or deleted, so it stays open.</source>
      <translation>已打开项目的文件夹被移动或删除，因此它保持打开。</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>Save a copy elsewhere. If the folder was deleted, repeating this now gives up all its labels.</source>
      <translation>请另存一份副本到别处。如果该文件夹已被删除，现在再做一次同样的操作将放弃其全部标注。</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>Folder for the copy of the project</source>
      <translation>项目副本的文件夹</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>All labels are saved in {place}, and you go on there.</source>
      <translation>全部标注已保存在 {place}，并在那里继续。</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>Models, training runs and backups were files of the old folder and are not in it.</source>
      <translation>模型、训练运行和备份是旧文件夹中的文件，不在副本中。</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>The drive is there again, and everything is saved.</source>
      <translation>驱动器已重新连接，所有内容均已保存。</translation>
    </message>
    <message>
      <extracomment>application/projects/rescuing.py</extracomment>
      <source>Stopped: there is no copy, and everything is kept in memory.</source>
      <translation>已停止：没有生成副本，所有内容仍保留在内存中。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/projects/subfolders.py</extracomment>
      <source>{n:,} images in folders inside {folder} are not in the project ({names}).</source>
      <translation>
        <numerusform>{folder} 内的文件夹（{names}）中有 {n:,} 张图像不在项目中。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/projects/subfolders.py</extracomment>
      <source>Add them if they belong to it; exports and masks do not.</source>
      <translation>如果它们属于这个项目就添加；导出结果和掩膜不属于。</translation>
    </message>
    <message>
      <extracomment>application/projects/subfolders.py</extracomment>
      <source>Add them</source>
      <translation>添加</translation>
    </message>
    <message>
      <extracomment>application/projects/taken.py</extracomment>
      <source>Show all</source>
      <translation>全部显示</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Proposals of the model</source>
      <translation>模型的候选</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Dashed outlines are what the model found in this photo, each with its class and how sure it is. Click on one to select it. (None yet? They come in a moment, or press {run_image}.)</source>
      <translation>虚线轮廓是模型在这张照片中找到的目标，各有类别和把握程度。单击其中一个即可选中。（还没有？稍后就会出现，或按 {run_image}。）</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>How sure must it be?</source>
      <translation>需要多大把握？</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Move this slider: proposals below the confidence go and come back at once. The model does not run again for it.</source>
      <translation>移动此滑块：低于置信度的候选会立即消失或恢复，不必重新运行模型。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Correct it</source>
      <translation>修正</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Drag a point of a selected outline, or drag anywhere on an edge to add one. {reject} rejects a proposal that is wrong. What you change is yours: no run touches it again.</source>
      <translation>拖动选中轮廓上的点，或拖动边的任意位置来添加点。{reject} 拒绝错误的候选。你改动过的内容归你：任何运行都不会再改动。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Press {undo} or this button. Undo knows every change of this image, also tomorrow.</source>
      <translation>按 {undo} 或此按钮。撤销记得此图像的每次改动，明天也一样。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Draw what is missing</source>
      <translation>绘制缺少的目标</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Press {polygon}, or this button, click around an object and close with Enter. Nothing missing? Then skip this step.</source>
      <translation>按 {polygon} 或此按钮，围绕目标逐点单击，按 Enter 闭合。什么都不缺？请跳过这一步。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Accept and go on</source>
      <translation>接受并继续</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>When the image is right, press {accept}: it counts as reviewed, and the next one opens with proposals.</source>
      <translation>图像正确之后按 {accept}：它会标为已审核，并打开下一张带候选的图像。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Let it do the rest</source>
      <translation>其余的交给模型</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>This button pre-labels all images without labels while you go on working; one step takes it all back.</source>
      <translation>此按钮会预标注所有没有标注的图像，期间可以继续工作；一步即可全部撤回。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>It learns from you</source>
      <translation>它向你学习</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>While you review, a model learns in the background and proposes on the images that you open. Train makes a lasting model of the reviewed images, whenever you like.</source>
      <translation>审核期间，模型在后台学习，并为你打开的图像提出候选。随时可以用“训练”从已审核的图像得到可以保留的模型。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Take the labels with you</source>
      <translation>带走标注</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>File, Export ({export}) writes a data set for YOLO and other programs. {keys} lists all keys, {palette} finds every command. {open} opens a folder of your own.</source>
      <translation>“文件 &gt; 导出”（{export}）为 YOLO 等程序写出数据集。{keys} 列出所有快捷键，{palette} 查找任何命令。{open} 打开自己的文件夹。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>{step} of {steps}</source>
      <translation>{step} / {steps}</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>This is the sample: a copy, so try anything.</source>
      <translation>这是示例项目的副本，可以随意尝试。</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Take the two-minute tour</source>
      <translation>开始两分钟导览</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
    <message>
      <extracomment>application/projects/tour.py</extracomment>
      <source>Next</source>
      <translation>下一步</translation>
    </message>
    <message>
      <extracomment>application/start.py</extracomment>
      <source>Your labels are saved.</source>
      <translation>标注已保存。</translation>
    </message>
    <message>
      <extracomment>application/start.py</extracomment>
      <source>You can go on; if something looks wrong, close the window and start again.</source>
      <translation>可以继续工作；如果有异常，请关闭窗口后重新启动。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/start.py</extracomment>
      <source>{n:,} edits are not saved yet.</source>
      <translation>
        <numerusform>有 {n:,} 处改动还没有保存。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/view/image_menu.py</extracomment>
      <source>Spli&amp;t of {n:,} images</source>
      <translation>
        <numerusform>{n:,} 张图像的划分(&amp;T)</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/view/image_menu.py</extracomment>
      <source>{path} is copied</source>
      <translation>已复制 {path}</translation>
    </message>
    <message>
      <extracomment>application/view/image_menu.py</extracomment>
      <source>{folder} is not there any more; the labels of its images are kept.</source>
      <translation>{folder} 已不存在；其中图像的标注会保留。</translation>
    </message>
    <message>
      <extracomment>application/view/image_menu.py</extracomment>
      <source>Connect its disk, or choose where the moved images are.</source>
      <translation>请连接其所在的磁盘，或指明移动后的图像在哪里。</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/view/image_menu.py</extracomment>
      <source>Mark {n:,} images as &amp;reviewed</source>
      <translation>
        <numerusform>把 {n:,} 张图像标为已审核(&amp;R)</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/view/image_menu.py</extracomment>
      <source>&amp;Skip {n:,} images</source>
      <translation>
        <numerusform>跳过 {n:,} 张图像(&amp;S)</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/view/image_menu.py</extracomment>
      <source>Mark {n:,} images as &amp;not reviewed</source>
      <translation>
        <numerusform>把 {n:,} 张图像标为未审核(&amp;N)</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>application/view/image_menu.py</extracomment>
      <source>&amp;Pre-label {n:,} images</source>
      <translation>
        <numerusform>预标注 {n:,} 张图像(&amp;P)</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/view/image_menu.py</extracomment>
      <source>Spli&amp;t</source>
      <translation>划分(&amp;T)</translation>
    </message>
    <message>
      <extracomment>application/view/key_advice.py</extracomment>
      <source>There is nothing to undo on this image.</source>
      <translation>此图像没有可撤销的改动。</translation>
    </message>
    <message>
      <extracomment>application/view/key_advice.py</extracomment>
      <source>There is nothing to do again on this image.</source>
      <translation>此图像没有可重做的改动。</translation>
    </message>
    <message>
      <extracomment>application/view/key_advice.py</extracomment>
      <source>There is no job to stop.</source>
      <translation>没有可停止的任务。</translation>
    </message>
    <message>
      <extracomment>application/view/key_advice.py</extracomment>
      <source>{action}: {advice}</source>
      <translation>{action}：{advice}</translation>
    </message>
    <message>
      <extracomment>application/view/key_advice.py</extracomment>
      <source>{key} does nothing here; {list} lists all keys, and File, Keys… changes them.</source>
      <translation>{key} 在这里没有作用；{list} 列出全部快捷键，“文件 &gt; 自定义快捷键…” 可以更改它们。</translation>
    </message>
    <message>
      <extracomment>application/view/key_advice.py</extracomment>
      <source>“{action}” is {here} here; File, Settings, Labelling has the keys of {program}.</source>
      <translation>“{action}”在这里是 {here}；“文件 &gt; 设置 &gt; 标注”中可以选用 {program} 的按键。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>{name}: {note}.</source>
      <translation>{name}：{note}。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>A shape is being drawn, so this image stays open.</source>
      <translation>正在绘制形状，因此图像保持打开。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>Finish it first, or press Esc to give it up.</source>
      <translation>请先完成它，或按 Esc 放弃。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>Add its pages…</source>
      <translation>添加其各页…</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>No image is open</source>
      <translation>没有打开图像</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>Choose one in the list at the left.</source>
      <translation>请在左侧列表中选择。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>Loading …</source>
      <translation>正在加载 …</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>This is the last image of the list.</source>
      <translation>这是列表中的最后一张图像。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>This is the first image of the list.</source>
      <translation>这是列表中的第一张图像。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>{name} cannot be shown</source>
      <translation>无法显示 {name}</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>The file {damage}. It stays in the project; replace the file and press {key}.</source>
      <translation>文件{damage}。它仍在项目中；请替换文件，然后按 {key}。</translation>
    </message>
    <message>
      <extracomment>application/view/navigation.py</extracomment>
      <source>The image cannot be shown, so there is nothing to draw on.</source>
      <translation>无法显示此图像，因此没有可以绘制的画面。</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>&amp;Undo: {step}</source>
      <translation>撤销(&amp;U)：{step}</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>&amp;Redo: {step}</source>
      <translation>重做(&amp;R)：{step}</translation>
    </message>
    <message numerus="yes">
      <extracomment>application/view/status.py</extracomment>
      <source>{n} edits are kept in memory.</source>
      <translation>
        <numerusform>{n} 处改动保留在内存中。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>{shown} of {total}</source>
      <translation>{shown} / {total}</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>No shapes. The project is open read-only.</source>
      <translation>没有形状。项目以只读方式打开。</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>Reviewed, and nothing is in it.</source>
      <translation>已审核，其中什么都没有。</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>{n} selected</source>
      <translation>已选 {n} 个</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>The model found nothing here that it is sure enough of. Move Confidence to the left, or let it look at a large image in tiles (More options); {draw} draws, {accept} says that nothing is in it.</source>
      <translation>模型在这里没有找到足够确定的目标。请把“置信度”向左移，或让模型分块查看大图像（更多选项）；按 {draw} 绘制，按 {accept} 表示图中没有目标。</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>No shapes yet. Press {propose} to let the model propose, {draw} to draw, or {accept} when nothing is in it.</source>
      <translation>还没有形状。按 {propose} 让模型提出候选，按 {draw} 绘制；如果什么都没有，按 {accept}。</translation>
    </message>
    <message>
      <extracomment>application/view/status.py</extracomment>
      <source>{n} hidden</source>
      <translation>已隐藏 {n} 个</translation>
    </message>
    <message>
      <extracomment>application/view/suggesting.py</extracomment>
      <source>The queue has changed.</source>
      <translation>队列已改变。</translation>
    </message>
    <message>
      <extracomment>application/view/toning.py</extracomment>
      <source>Images are shown like this; click to show them as they are</source>
      <translation>图像按此效果显示；单击恢复原样</translation>
    </message>
    <message>
      <extracomment>application/view/viewing.py</extracomment>
      <source>Nothing can be picked or drawn meanwhile. Click here or press {key}.</source>
      <translation>此时无法选中或绘制任何形状。单击这里或按 {key} 即可恢复显示。</translation>
    </message>
    <message>
      <extracomment>application/view/viewing.py</extracomment>
      <source>A shape is being drawn, so its tool stays in force.</source>
      <translation>正在绘制形状，因此继续使用它的工具。</translation>
    </message>
    <message>
      <extracomment>application/view/viewing.py</extracomment>
      <source>Shapes are hidden</source>
      <translation>形状已隐藏</translation>
    </message>
    <message>
      <extracomment>canvas/host.py</extracomment>
      <source>Refused: {reason}</source>
      <translation>已拒绝：{reason}</translation>
    </message>
    <message>
      <extracomment>canvas/minimap.py</extracomment>
      <source>Mini-map</source>
      <translation>缩略导航图</translation>
    </message>
    <message>
      <extracomment>canvas/minimap.py</extracomment>
      <source>Click or drag to move the view</source>
      <translation>单击或拖动以移动视图</translation>
    </message>
    <message>
      <extracomment>canvas/scene.py</extracomment>
      <source>class {number}</source>
      <translation>类别 {number}</translation>
    </message>
    <message>
      <extracomment>canvas/tone.py</extracomment>
      <source>brightness {value:+d}</source>
      <translation>亮度 {value:+d}</translation>
    </message>
    <message>
      <extracomment>canvas/tone.py</extracomment>
      <source>contrast {value:+d}</source>
      <translation>对比度 {value:+d}</translation>
    </message>
    <message>
      <extracomment>canvas/tone.py</extracomment>
      <source>gamma {value:.2f}</source>
      <translation>伽马 {value:.2f}</translation>
    </message>
    <message>
      <extracomment>canvas/tool_surface.py</extracomment>
      <source>Drag a box around an object; its outline is found by colour; Esc returns to editing</source>
      <translation>围绕目标拖出一个框；按颜色找出轮廓；Esc 回到编辑</translation>
    </message>
    <message>
      <extracomment>canvas/tool_surface.py</extracomment>
      <source>Click on an object, or drag a box around it; the model outlines it; Esc returns to editing</source>
      <translation>单击目标，或围绕它拖出一个框；模型给出它的轮廓；Esc 返回编辑</translation>
    </message>
    <message>
      <extracomment>canvas/tool_surface.py</extracomment>
      <source>Drag a box: the model proposes what is in it; Esc returns to editing</source>
      <translation>拖出一个框：模型为框内提出候选；Esc 回到编辑</translation>
    </message>
    <message>
      <extracomment>canvas/tools/base.py</extracomment>
      <source>Cancelled; nothing was changed</source>
      <translation>已取消；没有做任何更改</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>This is one more part of the selected shape; for a shape of its own undo, Esc, and paint again</source>
      <translation>这是所选形状的又一个部分；若要单独成为形状，请撤销，按 Esc，再重新涂抹</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>Drag to add to the selected shape; after Esc, to paint a new one; [ and ] change the size</source>
      <translation>拖动可为选中的形状添加内容；按 Esc 之后则画出一个新形状；[ 和 ] 改变大小</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>Drag over a shape to take away from it; [ and ] change the size</source>
      <translation>在形状上拖动以擦除；[ 和 ] 改变大小</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>Refused: the stroke lies outside of the image</source>
      <translation>已拒绝：这一笔在图像之外</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>Nothing was left of the shape: it is deleted; undo brings it back</source>
      <translation>形状已不剩任何部分：已删除；撤销可恢复</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>There is no shape below to take away from</source>
      <translation>这里没有可擦除的形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/click.py</extracomment>
      <source>Click on an object, or drag a box around it; Alt+click what is not part of it; Enter keeps the shape, Esc takes the last click back</source>
      <translation>单击目标，或围绕它拖出一个框；Alt+单击不属于它的部分；Enter 保留形状，Esc 撤销上一次单击</translation>
    </message>
    <message>
      <extracomment>canvas/tools/click.py</extracomment>
      <source>First click on the object itself, then on what is not part of it</source>
      <translation>先单击目标本身，再单击不属于它的部分</translation>
    </message>
    <message>
      <extracomment>canvas/tools/click.py</extracomment>
      <source>Nothing was found there yet; wait for it, or click again</source>
      <translation>这里还没有找到目标；请等待，或再次单击</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Drag a line across a shape, or click from side to side; Esc returns to editing</source>
      <translation>拖一条线穿过形状，或从一侧单击到另一侧；Esc 回到编辑</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Through the shape and out on its other side; Esc drops the line</source>
      <translation>穿过形状，从另一侧出去；按 Esc 放弃这条线</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Draw what is to be cut out of the shape; Esc returns to editing</source>
      <translation>画出要从形状中挖去的部分；Esc 回到编辑</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Refused: the line does not cut through a shape</source>
      <translation>已拒绝：这条线没有切穿任何形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Refused: there is no shape below; select the one to cut</source>
      <translation>已拒绝：这里没有形状；请选择要切割的形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/drags.py</extracomment>
      <source>Refused: the outline would cross itself. The shape is as it was.</source>
      <translation>已拒绝：轮廓会与自身相交。形状保持原样。</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Click a shape to select it; drag on empty space to select several</source>
      <translation>单击选择形状；在空白处拖动可选择多个</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Drag moves the vertex, Backspace deletes it, Shift+drag redraws from here</source>
      <translation>拖动移动顶点，Backspace 删除，Shift+拖动从这里重画</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Drag or Alt+click to insert a vertex; Shift+drag redraws from here</source>
      <translation>拖动或 Alt+单击可插入顶点；Shift+拖动从这里重画</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Click selects, again what lies below; a number gives the class; drag moves; Alt+drag sweeps vertices away</source>
      <translation>单击选择，再次单击选择下层；数字键指定类别；拖动移动；Alt+拖动连续擦除顶点</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>The selected shapes are locked</source>
      <translation>选中的形状已锁定</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Refused: without this vertex the outline would cross itself</source>
      <translation>已拒绝：去掉此顶点后轮廓会与自身相交</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Point at a vertex to delete it with Backspace</source>
      <translation>请指向要用 Backspace 删除的顶点</translation>
    </message>
    <message>
      <extracomment>canvas/tools/livewire.py</extracomment>
      <source>Click on the edge of an object and follow it; Enter or the first point closes</source>
      <translation>单击目标的边缘并沿边缘移动；Enter 或单击起点闭合</translation>
    </message>
    <message>
      <extracomment>canvas/tools/polygon.py</extracomment>
      <source>Click to place points, or drag to draw freehand; then a number gives the class; Esc returns to editing</source>
      <translation>单击放置顶点，或拖动以自由手绘；画完后按数字键指定类别；Esc 回到编辑</translation>
    </message>
    <message>
      <extracomment>canvas/tools/polygon.py</extracomment>
      <source>Enter, double-click or the first point closes; Backspace takes the last point back</source>
      <translation>Enter、双击或单击起点闭合；Backspace 撤销上一个点</translation>
    </message>
    <message>
      <extracomment>canvas/tools/polygon.py</extracomment>
      <source>Release or click here to close the shape</source>
      <translation>在此松开或单击以闭合形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/polygon.py</extracomment>
      <source>A shape needs at least three points: click once more</source>
      <translation>形状至少需要三个点：请再单击一次</translation>
    </message>
    <message>
      <extracomment>canvas/tools/polygon.py</extracomment>
      <source>Refused: the outline {why}; Backspace takes points back</source>
      <translation>已拒绝：轮廓{why}；Backspace 可撤销上一个点</translation>
    </message>
    <message>
      <extracomment>canvas/tools/polygon.py</extracomment>
      <source>The outline {why}; it was repaired, check the result</source>
      <translation>轮廓{why}；已自动修复，请检查结果</translation>
    </message>
    <message>
      <extracomment>canvas/tools/polygon.py</extracomment>
      <source>Cancelled; nothing was added</source>
      <translation>已取消；没有添加任何内容</translation>
    </message>
    <message>
      <extracomment>canvas/tools/rectangle.py</extracomment>
      <source>Drag from corner to corner, or click both corners; Esc returns to editing</source>
      <translation>从一角拖到对角，或单击两个角；Esc 回到编辑</translation>
    </message>
    <message>
      <extracomment>canvas/tools/rectangle.py</extracomment>
      <source>Click the opposite corner; Esc cancels</source>
      <translation>单击对角；Esc 取消</translation>
    </message>
    <message>
      <extracomment>canvas/tools/rectangle.py</extracomment>
      <source>Refused: the rectangle has no area; drag further</source>
      <translation>已拒绝：矩形没有面积；请拖得更远</translation>
    </message>
    <message>
      <extracomment>canvas/tools/sweeps.py</extracomment>
      <source>Over every vertex that is to go; Esc cancels</source>
      <translation>划过要删除的每个顶点；按 Esc 取消</translation>
    </message>
    <message>
      <extracomment>canvas/tools/sweeps.py</extracomment>
      <source>Draw the new outline and end on the old one; Esc cancels</source>
      <translation>画出新轮廓，并在原轮廓上结束；Esc 取消</translation>
    </message>
    <message>
      <extracomment>canvas/tools/sweeps.py</extracomment>
      <source>Refused: {why} The shape is as it was.</source>
      <translation>已拒绝：{why}形状保持原样。</translation>
    </message>
    <message>
      <extracomment>canvas/widget.py</extracomment>
      <source>Canvas</source>
      <translation>画布</translation>
    </message>
    <message>
      <extracomment>canvas/widget.py</extracomment>
      <source>The image with its shapes; keys are listed in the help.</source>
      <translation>图像及其形状；快捷键见帮助。</translation>
    </message>
    <message>
      <extracomment>context.py</extracomment>
      <source>Free some disk space, then retry.</source>
      <translation>请释放磁盘空间，然后重试。</translation>
    </message>
    <message>
      <extracomment>context.py</extracomment>
      <source>Close it in the other program and open it again.</source>
      <translation>请在另一个程序中关闭它，然后重新打开。</translation>
    </message>
    <message>
      <extracomment>context.py</extracomment>
      <source>That is going on already, so it was not begun again.</source>
      <translation>此操作正在进行，因此没有再次开始。</translation>
    </message>
    <message>
      <extracomment>context.py</extracomment>
      <source>The status line says how far it is and can stop it.</source>
      <translation>状态栏显示其进度，并可停止它。</translation>
    </message>
    <message>
      <extracomment>context.py</extracomment>
      <source>Connect the drive again, then retry: what was saved is safe there.</source>
      <translation>请重新连接驱动器，然后重试：已保存的内容在那里是安全的。</translation>
    </message>
    <message>
      <extracomment>context.py</extracomment>
      <source>Save a copy elsewhere, or put the folder back and save again.</source>
      <translation>另存一份副本到别处，或把文件夹放回原处后再保存一次。</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Free software under the GNU Affero General Public License, version 3 or later. You may use, study, share and change it; who gets the program, or uses it over a network, gets the source too. It comes without any warranty.</source>
      <translation>自由软件，采用 GNU Affero 通用公共许可证第 3 版或更新版本。可以使用、研究、分享和修改；凡得到程序或通过网络使用它的人，也能得到源代码。不提供任何担保。</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>any use</source>
      <translation>任何用途</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>About</source>
      <translation>关于</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Licence</source>
      <translation>许可证</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Show licence</source>
      <translation>显示许可证</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Libraries</source>
      <translation>库</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Version {version}</source>
      <translation>版本 {version}</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Label images for instance segmentation with a model that learns from you, on your own machine. Nothing leaves it without a click that says so.</source>
      <translation>用一个向你学习的模型标注实例分割图像，一切都在自己的电脑上完成。没有明确的点击，任何数据都不会离开本机。</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>The segmentation head uses dynamic convolution after ParameterNet (Han et al., CVPR 2024, arXiv 2306.14525) on a YOLO11-seg network.</source>
      <translation>分割头在 YOLO11-seg 网络上使用动态卷积，方法源自 ParameterNet（Han 等，CVPR 2024，arXiv 2306.14525）。</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>Copy versions</source>
      <translation>复制版本信息</translation>
    </message>
    <message>
      <extracomment>dialogs/about_dialog.py</extracomment>
      <source>unknown</source>
      <translation>未知</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>{shapes} on {n:,} images will be yours.</source>
      <translation>
        <numerusform>{n:,} 张图像上的 {shapes}将成为你的标注。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>{n:,} of them are called “{name}”, which is not one of your classes, and models learn that name: choose another first (Assist, Classes…).</source>
      <translation>
        <numerusform>其中 {n:,} 个名为“{name}”，不是你自己的类别，而模型会学到这个名称：请先选择其他类别（辅助 &gt; 类别…）。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>{n:,} images will be reviewed: models learn from them.</source>
      <translation>
        <numerusform>{n:,} 张图像将标为已审核：模型会从中学习。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>{n:,} images keep {shapes} below {least:.2f} and wait for you.</source>
      <translation>
        <numerusform>{n:,} 张图像保留 {shapes}（低于 {least:.2f}），等待你处理。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>{n:,} images without shapes stay as they are: only a look tells whether they are empty.</source>
      <translation>
        <numerusform>{n:,} 张没有形状的图像保持原样：只有看过才知道它们是否为空。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Accept many images</source>
      <translation>批量接受图像</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>All images that wait for you ({n:,})</source>
      <translation>所有等待你处理的图像（{n:,}）</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Lowest score of what is accepted</source>
      <translation>接受的最低分数</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Mark images as reviewed that have no proposal left</source>
      <translation>将没有剩余候选的图像标为已审核</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Models learn from reviewed images, also that there is nothing else on them.</source>
      <translation>模型从已审核的图像中学习，也会学到上面没有其他目标。</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Accept</source>
      <translation>接受</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Selected images that wait for you ({n:,})</source>
      <translation>所选图像中等待你处理的（{n:,}）</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Images of the list that wait for you ({n:,})</source>
      <translation>列表所显示图像中等待你处理的（{n:,}）</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>What the model proposed becomes your work without a look at each shape. What you drew, changed or accepted before stays as it is.</source>
      <translation>模型的候选无需逐个查看即成为你的标注。你之前绘制、修改或接受的内容保持不变。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Accept {n:,} proposals</source>
      <translation>
        <numerusform>接受 {n:,} 个候选</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>No proposal with that score waits on these images.</source>
      <translation>这些图像上没有达到该分数的待处理候选。</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>&amp;Images</source>
      <translation>图像(&amp;I)</translation>
    </message>
    <message>
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>&amp;Score at least</source>
      <translation>最低分数(&amp;S)</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/accept_dialog.py</extracomment>
      <source>Accept {n:,} images</source>
      <translation>
        <numerusform>接受 {n:,} 张图像</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Made</source>
      <translation>时间</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Why</source>
      <translation>原因</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Reviewed</source>
      <translation>已审核</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>{n:,} reviewed images</source>
      <translation>
        <numerusform>{n:,} 张已审核的图像</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>{n:,} classes</source>
      <translation>
        <numerusform>{n:,} 个类别</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Backups</source>
      <translation>备份</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Backups, the newest first</source>
      <translation>备份，最新的在前</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Bring it back</source>
      <translation>恢复</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Make one now</source>
      <translation>立即备份</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>What is there now becomes a backup first, so this can be taken back.</source>
      <translation>现有内容会先做备份，因此恢复操作可以撤销。</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>Verified copies of all labels. One is made after every half hour of changes and before everything that changes many images; the newest ten and one of each of the last seven days are kept.</source>
      <translation>所有标注的已校验副本。每累积半小时的改动做一份，在任何会改变大量图像的操作之前也做一份；保留最近十份，以及最近七天每天一份。</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>damaged</source>
      <translation>已损坏</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>sound</source>
      <translation>完好</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>A part of this copy is damaged; it comes back with what is sound.</source>
      <translation>此副本的一部分已损坏；恢复时只恢复完好的部分。</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>What it holds cannot be counted: it has an earlier format.</source>
      <translation>无法统计其内容：它是较早的格式。</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>{count} instead of {before:,}</source>
      <translation>{count}（现在为 {before:,}）</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>There is no backup yet.</source>
      <translation>还没有备份。</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>It holds as many images, shapes, reviews and classes as now.</source>
      <translation>其中的图像、形状、审核和类别数量与现在相同。</translation>
    </message>
    <message>
      <extracomment>dialogs/backup_dialog.py</extracomment>
      <source>The project would have {changes}.</source>
      <translation>恢复后项目将有 {changes}。</translation>
    </message>
    <message>
      <extracomment>dialogs/bars.py</extracomment>
      <source>{name}: {number:,}</source>
      <translation>{name}：{number:,}</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>Left the current model, right the new one, on images that neither was trained on in this run. First the largest gains, then the largest losses. The figure is the panoptic quality: 1 when nothing would be left to do.</source>
      <translation>左边是当前模型，右边是新模型，图像均未用于这次训练。先是进步最大的，再是退步最大的。数值是全景质量：1 表示完全不需要修正。</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>What the new model sees otherwise</source>
      <translation>新模型有何不同</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>The current model knows no classes, so the figures are of the outlines alone: that the new one tells kinds apart does not count in them.</source>
      <translation>当前模型不区分类别，因此这些数值只比较轮廓：新模型能区分类别这一点不计入其中。</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>This run has drawn no pictures: its time was over, or its log says why.</source>
      <translation>这次训练没有绘制图片：时间已用完，或原因见其日志。</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>better</source>
      <translation>更好</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>worse</source>
      <translation>更差</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>{image}, a part</source>
      <translation>{image}，局部</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>On no validation image do they differ much.</source>
      <translation>两个模型在所有验证图像上都没有明显差别。</translation>
    </message>
    <message>
      <extracomment>dialogs/changes_dialog.py</extracomment>
      <source>object</source>
      <translation>目标</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>{n:,} findings repaired; undo on the image brings the old shapes back.</source>
      <translation>
        <numerusform>已修复 {n:,} 个问题；在图像上撤销即可恢复原来的形状。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>{n:,} findings; click one to see it.</source>
      <translation>
        <numerusform>发现 {n:,} 个问题；单击即可查看。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>{n:,} remarks on classes or images: no fault of the labels.</source>
      <translation>
        <numerusform>另有 {n:,} 条关于类别或图像的提示：不是标注的错误。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>{fixable:,} can be repaired at once: outlines are made valid and cut at the image, tiny and doubled shapes removed. A backup is made first.</source>
      <translation>{fixable:,} 个问题可以立即修复：使轮廓有效并在图像边界裁切，移除过小和重复的形状。会先做备份。</translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Check labels</source>
      <translation>检查标注</translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Findings, by kind</source>
      <translation>发现的问题，按种类</translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Repair</source>
      <translation>修复</translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Repair {fixable:,}</source>
      <translation>修复 {fixable:,} 个</translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>Nothing is broken or doubtful.</source>
      <translation>没有损坏或可疑的内容。</translation>
    </message>
    <message>
      <extracomment>dialogs/check_dialog.py</extracomment>
      <source>The first {lines:,} are listed.</source>
      <translation>列出前 {lines:,} 个。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>{n:,} further classes go by their name.</source>
      <translation>
        <numerusform>另有 {n:,} 个类别按名称对应。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>New class {name}</source>
      <translation>新类别 {name}</translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>Ignore</source>
      <translation>忽略</translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>The only class, if there is one</source>
      <translation>唯一的类别（如果只有一个）</translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>{name} (by name)</source>
      <translation>{name}（同名）</translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>without a class</source>
      <translation>没有类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>Class that {name} becomes</source>
      <translation>{name} 对应的类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_choice.py</extracomment>
      <source>Class that shapes without a class become</source>
      <translation>没有类别的形状归入的类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>&amp;Name</source>
      <translation>名称(&amp;N)</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>&amp;Other colour…</source>
      <translation>其他颜色(&amp;O)…</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Number &amp;key</source>
      <translation>数字键(&amp;K)</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Colour of the class</source>
      <translation>类别的颜色</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>A class needs a name.</source>
      <translation>类别需要名称。</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>New class</source>
      <translation>新类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Class</source>
      <translation>类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Colour {colour}</source>
      <translation>颜色 {colour}</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>{number}  (now {owner})</source>
      <translation>{number}  （现属于 {owner}）</translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>Another class has this name.</source>
      <translation>另一个类别已使用此名称。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>{n:,} shapes carry this class; they follow the change.</source>
      <translation>
        <numerusform>{n:,} 个形状属于此类别；它们会随之更改。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/class_dialog.py</extracomment>
      <source>The name has a character that cannot be seen.</source>
      <translation>名称中含有不可见的字符。</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>{shapes} in {images}</source>
      <translation>{images}中的 {shapes}</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Merge</source>
      <translation>合并</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>&amp;Give its shapes the class</source>
      <translation>将其形状归入类别(&amp;G)</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>&amp;Delete its shapes as well</source>
      <translation>连同其形状一起删除(&amp;D)</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Class that takes over the shapes</source>
      <translation>接收这些形状的类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Merge class {name}</source>
      <translation>合并类别 {name}</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Delete class {name}</source>
      <translation>删除类别 {name}</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>{count} carry the class {name}.</source>
      <translation>
        <numerusform>{count}属于类别 {name}。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>This concerns the whole project, reviewed images as well, and is one step of undo.</source>
      <translation>这会作用于整个项目，包括已审核的图像，并且是可以撤销的一步。</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>Delete with {count}</source>
      <translation>连同 {count}一起删除</translation>
    </message>
    <message>
      <extracomment>dialogs/class_fate_dialog.py</extracomment>
      <source>{name} goes; its shapes get the class</source>
      <translation>{name} 将被移除；其形状归入类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_picker.py</extracomment>
      <source>Change class</source>
      <translation>更改类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_picker.py</extracomment>
      <source>Type a class, or a new one</source>
      <translation>输入已有或新的类别</translation>
    </message>
    <message>
      <extracomment>dialogs/class_picker.py</extracomment>
      <source>New class “{wanted}”</source>
      <translation>新类别“{wanted}”</translation>
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Find an action</source>
      <translation>查找操作</translation>
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>What do you want to do?</source>
      <translation>想做什么？</translation>
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Action</source>
      <translation>操作</translation>
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Actions</source>
      <translation>操作</translation>
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Setting: {name}</source>
      <translation>设置：{name}</translation>
    </message>
    <message>
      <extracomment>dialogs/command_palette.py</extracomment>
      <source>Nothing is called so. Try one word of it.</source>
      <translation>没有这样的操作。请只输入其中一个词。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/counts.py</extracomment>
      <source>{n:,} images</source>
      <translation>
        <numerusform>{n:,} 张图像</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/counts.py</extracomment>
      <source>{n:,} shapes</source>
      <translation>
        <numerusform>{n:,} 个形状</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/counts.py</extracomment>
      <source>{n:,} objects</source>
      <translation>
        <numerusform>{n:,} 个目标</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Networks that never saw an image judge its labels; what they dispute most comes first. They may be wrong: you decide. Once you change an image, its entries are settled.</source>
      <translation>从未见过某张图像的网络来评判它的标注；最存疑的排在最前。网络也可能出错：由你决定。改动图像后，它的条目即视为已解决。</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>It looks for errors beside your work. You can close this list meanwhile; the line at the bottom of the window says how far it is.</source>
      <translation>正在你工作的同时查找错误。期间可以关闭此列表；窗口底部的状态行会显示进度。</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>{words} On {images} images that they never saw the networks reached a panoptic quality of {quality:.2f}; 1 would leave nothing to do.</source>
      <translation>{words}在 {images} 张从未见过的图像上，这些网络的全景质量为 {quality:.2f}；1 表示完全不需要修正。</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Nobody has looked yet. Beside your work it takes minutes on a GPU and up to an hour or two on a processor; it can be stopped at any time.</source>
      <translation>尚未查找过。与你的工作同时进行时，在 GPU 上需要几分钟，在处理器上最多需要一两个小时；可以随时停止。</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Nothing is disputed any more.</source>
      <translation>没有存疑的标注了。</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Label errors</source>
      <translation>标注错误</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>How far the search is</source>
      <translation>查找的进度</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Disputed labels, the weightiest first</source>
      <translation>存疑的标注，最重要的在前</translation>
    </message>
    <message>
      <extracomment>dialogs/disputes_dialog.py</extracomment>
      <source>Look for errors</source>
      <translation>查找错误</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>What works here</source>
      <translation>环境诊断</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Looking at this machine …</source>
      <translation>正在检查本机 …</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>This takes some seconds; the window can be used meanwhile.</source>
      <translation>需要几秒钟；期间可以继续使用窗口。</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Copy report</source>
      <translation>复制报告</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>This machine could not be looked at</source>
      <translation>无法检查本机</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Copied</source>
      <translation>已复制</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>What mends it: {name}</source>
      <translation>修复方法：{name}</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>{n} things do not work</source>
      <translation>
        <numerusform>{n} 项不可用</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Everything works</source>
      <translation>一切正常</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>The lines can be copied into a terminal. Labels are not concerned.</source>
      <translation>这些命令可以复制到终端执行。标注不受影响。</translation>
    </message>
    <message>
      <extracomment>dialogs/doctor_dialog.py</extracomment>
      <source>Nothing was sent anywhere; the report can be copied for a question.</source>
      <translation>没有向任何地方发送数据；提问时可以复制此报告。</translation>
    </message>
    <message>
      <extracomment>dialogs/effort_dialog.py</extracomment>
      <source>Work on proposals</source>
      <translation>处理候选的工作量</translation>
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Something went wrong</source>
      <translation>出现问题</translation>
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Show details</source>
      <translation>显示详情</translation>
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Details</source>
      <translation>详情</translation>
    </message>
    <message>
      <extracomment>dialogs/error_dialog.py</extracomment>
      <source>Hide details</source>
      <translation>隐藏详情</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Part of the images that validate, per cent</source>
      <translation>验证图像的百分比</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>images of one folder stay together</source>
      <translation>同一文件夹的图像不拆开</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Read it again at the end and compare every shape</source>
      <translation>完成后重新读取，并比较每个形状</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Browse…</source>
      <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>% validate</source>
      <translation>% 用于验证</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>What is left out or changed</source>
      <translation>略去或更改的内容</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Where to export</source>
      <translation>导出位置</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>For&amp;mat</source>
      <translation>格式(&amp;M)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Folder</source>
      <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Which</source>
      <translation>范围</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Holes</source>
      <translation>孔洞(&amp;H)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Parts</source>
      <translation>部分(&amp;P)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Split</source>
      <translation>划分(&amp;S)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Check</source>
      <translation>检查</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>&amp;Reviewed images</source>
      <translation>已审核的图像(&amp;R)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>All images with sha&amp;pes</source>
      <translation>所有带形状的图像(&amp;P)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>S&amp;elected images that are reviewed or have shapes</source>
      <translation>所选图像中已审核或带形状的(&amp;E)</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>{format}: {loss}</source>
      <translation>{format}：{loss}</translation>
    </message>
    <message>
      <extracomment>dialogs/export_dialog.py</extracomment>
      <source>Choose a folder.</source>
      <translation>请选择文件夹。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The files of {n:,} images are missing, the first: {names}. Left out until they are back.</source>
      <translation>
        <numerusform>{n:,} 张图像的文件缺失，例如：{names}。在文件恢复之前不会导出。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes joined by bridges.</source>
      <translation>
        <numerusform>{n:,} 个形状已用桥连接。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Read again: {shapes}, overlap (IoU) with those of the project {mean} on average, at least {least}, and {objects} too many.</source>
      <translation>重新读取：{shapes}，与项目中形状的重叠度（IoU）平均为 {mean}，最低为 {least}；多出 {objects}。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes came out other than format and choices should give: listed below. Choose another format, and report this.</source>
      <translation>
        <numerusform>有 {n:,} 个形状没有按格式和所选处理方式应有的样子保存：见下方列表。请换一种格式，并报告此问题。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Overlap (IoU) with what should be in it, the lowest first</source>
      <translation>与应有内容的重叠度（IoU），最低的在前</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Overlap (IoU) of each shape, the lowest first</source>
      <translation>每个形状的重叠度（IoU），最低的在前</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The data set needs nothing else; the images take their space a second time.</source>
      <translation>数据集独立完整；会再占用一份图像的空间。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Hard links</source>
      <translation>硬链接</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No extra space; only on the same disk.</source>
      <translation>不占额外空间；只能在同一磁盘上。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Symbolic links</source>
      <translation>符号链接</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No extra space; breaks when the images move.</source>
      <translation>不占额外空间；移动图像后会失效。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Labels alone</source>
      <translation>仅标注</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No images: for programs that have them already.</source>
      <translation>不含图像：适用于已有图像的程序。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>As they are.</source>
      <translation>保持原样。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>A thin bridge joins each hole to the outline.</source>
      <translation>用细桥把每个孔洞与轮廓相连。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Fill</source>
      <translation>填充</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Holes are left out; the shape covers them.</source>
      <translation>略去孔洞；形状会覆盖孔洞。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Join by a bridge</source>
      <translation>用桥连接</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Cut through</source>
      <translation>切开</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>A shape is cut through its holes into pieces.</source>
      <translation>沿孔洞把形状切成几块。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Thin bridges join the parts to one outline.</source>
      <translation>用细桥把各部分连成一个轮廓。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>One object each</source>
      <translation>各成一个目标</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Every part becomes an object of its own.</source>
      <translation>每个部分单独成为一个目标。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Join by bridges</source>
      <translation>用桥连接各部分</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The largest alone</source>
      <translation>仅最大的部分</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The smaller parts are left out.</source>
      <translation>略去较小的部分。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{images}, {size}; {shapes} in, {objects} out.</source>
      <translation>{images}，{size}；输入 {shapes}，输出 {objects}。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{images}; {shapes} in, {objects} out.</source>
      <translation>{images}；输入 {shapes}，输出 {objects}。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>holds everything</source>
      <translation>可容纳全部内容</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Images: {shares}.</source>
      <translation>图像：{shares}。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{shapes} in, {objects} out, as {format}.</source>
      <translation>输入 {shapes}，输出 {objects}，格式 {format}。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Read again: it holds no shape, as the project.</source>
      <translation>重新读取：没有形状，与项目一致。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Read again: {shapes}, overlap (IoU) with those of the project {mean} on average, at least {least}.</source>
      <translation>重新读取：{shapes}，与项目中形状的重叠度（IoU）平均为 {mean}，最低为 {least}。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>  {iou:.5f}  {rel}, shape {number}</source>
      <translation>  {iou:.5f}  {rel}，形状 {number}</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n} bytes</source>
      <translation>{n} 字节</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>None of the selected images is reviewed or has shapes.</source>
      <translation>所选图像中没有已审核或带形状的图像。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} of the shapes are proposals that nobody has looked at: they go out as labels.</source>
      <translation>
        <numerusform>其中 {n:,} 个形状是还没有人看过的候选：会作为标注导出。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} images cannot be read: left out.</source>
      <translation>
        <numerusform>{n:,} 张图像无法读取：已略去。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Images have more than 8 bits: their copies get 8, as you see them here.</source>
      <translation>有图像超过 8 位：其副本为 8 位，与你在此看到的一致。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} objects left out: listed below.</source>
      <translation>
        <numerusform>{n:,} 个目标已略去：见下方列表。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes with holes: holes are filled.</source>
      <translation>
        <numerusform>{n:,} 个带孔洞的形状：孔洞已填充。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes cut through their holes.</source>
      <translation>
        <numerusform>{n:,} 个形状沿孔洞切开。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes divided: {objects} more.</source>
      <translation>
        <numerusform>{n:,} 个形状已拆分：增加了 {objects}。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No image is in val: a training will be measured on what it learned from. Select some images in the list and choose Image, Selected images, Validation.</source>
      <translation>没有图像归入 val：训练将在它学习过的图像上测量。请在列表中选中一些图像，然后选择“图像”“所选图像”“验证”。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} things changed on the way: listed below.</source>
      <translation>
        <numerusform>{n:,} 处在导出时有更改：见下方列表。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} images without a shape: they say that nothing is there.</source>
      <translation>
        <numerusform>{n:,} 张没有形状的图像：表示其中什么都没有。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} images get a place in train or val first.</source>
      <translation>
        <numerusform>{n:,} 张图像先归入 train 或 val。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} images get a place in train or val first; the others keep theirs.</source>
      <translation>
        <numerusform>{n:,} 张图像先归入 train 或 val；其余图像的归属不变。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} objects left out</source>
      <translation>
        <numerusform>略去 {n:,} 个目标</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes changed</source>
      <translation>
        <numerusform>更改 {n:,} 个形状</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Left out</source>
      <translation>已略去</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Changed</source>
      <translation>已更改</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No image is in val: a training will be measured on what it learned from.</source>
      <translation>没有图像归入 val：训练将在它学习过的图像上测量。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Holes of {n:,} shapes filled.</source>
      <translation>
        <numerusform>{n:,} 个形状的孔洞已填充。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{n:,} shapes became several objects.</source>
      <translation>
        <numerusform>{n:,} 个形状变成了多个目标。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>{images} with {objects} exported</source>
      <translation>已导出 {images}，共 {objects}</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Everything is in it; nothing was changed.</source>
      <translation>全部内容都在其中；没有任何更改。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>Repaired or written anew</source>
      <translation>已修复或重新写出</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>  ... and {more:,} more, none lower</source>
      <translation>  ……另有 {more:,} 个，都不低于以上数值</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No image is reviewed yet. Accept images, or export all with shapes.</source>
      <translation>还没有已审核的图像。请接受图像，或导出所有带形状的图像。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>No image has a shape yet.</source>
      <translation>还没有带形状的图像。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>The format holds everything; nothing is lost.</source>
      <translation>格式可以容纳全部内容；没有丢失。</translation>
    </message>
    <message>
      <extracomment>dialogs/export_words.py</extracomment>
      <source>It could not be compared: {problem}</source>
      <translation>无法比较：{problem}</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Models that Ultralytics trained on COCO: 80 everyday classes, from person to toothbrush. A good start where your objects resemble them. Nothing is fetched before you press the button.</source>
      <translation>Ultralytics 在 COCO 上训练的模型：80 个日常类别，从人到牙刷。适合目标与之相似的情况。按下按钮之前不会下载任何内容。</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Without a network: fetch the file at the address above on another computer and put it at the place named above. Then press the button here; nothing is fetched, only checked.</source>
      <translation>没有网络时：在另一台电脑上从上面的地址下载文件，放到上面所示的位置，再按此按钮；这时只校验，不下载。</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>nano: the fastest, right for a processor</source>
      <translation>nano：最快，适合处理器</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>small: better masks, three times the work</source>
      <translation>small：掩膜更好，计算量为三倍</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>medium: for a GPU</source>
      <translation>medium：适合 GPU</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>large: for a GPU</source>
      <translation>large：适合 GPU</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>extra large: for a strong GPU</source>
      <translation>extra large：适合高性能 GPU</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Get a published model</source>
      <translation>获取公开模型</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Give it a &amp;dynamic head: it answers the same, then learns more</source>
      <translation>为它加上动态头(&amp;D)：输出与原来相同，之后能学到更多</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{licence}: who passes the model on, or offers its answers as a service, passes on its source too.</source>
      <translation>{licence}：凡转交模型或以服务形式提供其结果的人，也须提供相应的源代码。</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>How much has come</source>
      <translation>下载进度</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Get it</source>
      <translation>下载</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{name}   {size:.0f} MB, {about}</source>
      <translation>{name}   {size:.0f} MB，{about}</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Which model</source>
      <translation>选择模型</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{done:.1f} of {total:.1f} MB are here.</source>
      <translation>已有 {done:.1f} MB，共 {total:.1f} MB。</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{size:.1f} MB</source>
      <translation>{size:.1f} MB</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Place</source>
      <translation>位置</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Asking for it</source>
      <translation>正在连接</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>The file is here already; it is checked and taken in.</source>
      <translation>文件已在此处；将校验并导入。</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Take it in</source>
      <translation>导入</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>{here:.1f} MB came before; it goes on from there.</source>
      <translation>之前已下载 {here:.1f} MB；将从该处继续。</translation>
    </message>
    <message>
      <extracomment>dialogs/fetch_dialog.py</extracomment>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>The {n:,} shapes of {name} go where their objects are in each image.</source>
      <translation>
        <numerusform>{name} 的 {n:,} 个形状会放到其目标在每张图像中所在的位置。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>Follow into the next images</source>
      <translation>跟随到后面的图像</translation>
    </message>
    <message>
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>Follow</source>
      <translation>跟随</translation>
    </message>
    <message>
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>{name} has no shapes to follow: draw its objects first.</source>
      <translation>{name} 没有可跟随的形状：请先绘制其中的目标。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>Follow into {n:,} images</source>
      <translation>
        <numerusform>跟随到 {n:,} 张图像</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>Images come one after the other as the list is sorted and filtered: sort a film by name. What comes is a proposal until you accept it. Your own shapes on the way stay, and objects are followed on from them; reviewed and skipped images stay as they are. An object that left, is hidden or looks different gets no shape.</source>
      <translation>图像按列表当前的排序和筛选依次处理：视频的帧请按名称排序。放入的形状在你接受之前都是候选。途中你自己的形状保持不变，并从它们继续跟随目标；已审核和已跳过的图像保持不变。已离开、被遮挡或外观已改变的目标不会得到形状。</translation>
    </message>
    <message>
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>Selected images after {name} ({n:,})</source>
      <translation>{name} 之后的所选图像（{n:,}）</translation>
    </message>
    <message>
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>Next images of the list ({n:,})</source>
      <translation>列表中后面的图像（{n:,}）</translation>
    </message>
    <message>
      <extracomment>dialogs/follow_dialog.py</extracomment>
      <source>&amp;How many</source>
      <translation>数量(&amp;H)</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Add frames</source>
      <translation>添加视频帧</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Take &amp;one frame in</source>
      <translation>每隔多少帧取一帧(&amp;O)</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Only frames that show something &amp;different from the one before</source>
      <translation>只取画面与前一帧不同的帧(&amp;D)</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>The frames become image files in {folder}; the file itself is only read. A frame keeps the number that it has in the video, so more of them can be added later.</source>
      <translation>这些帧会成为 {folder} 中的图像文件；视频文件只会被读取。每帧保留它在视频中的编号，因此以后还可以继续添加。</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Add pages</source>
      <translation>添加各页</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Take &amp;one page in</source>
      <translation>每隔多少页取一页(&amp;O)</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>Only pages that show something &amp;different from the one before</source>
      <translation>只取与前一页内容不同的页(&amp;D)</translation>
    </message>
    <message>
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>The pages become image files in {folder}, with all of their bits; the file itself is only read. A page keeps the number that it has in the file, counted from 0, so more of them can be added later. The first page of a file that is in the list is not added again.</source>
      <translation>各页会成为 {folder} 中的图像文件，位数保持不变；文件本身只会被读取。每页保留其在文件中的编号（从 0 开始），因此以后可以再添加更多。已在列表中的文件，其第一页不会重复添加。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/frame_dialog.py</extracomment>
      <source>And those of the {n:,} other TIFF files in its &amp;folder</source>
      <translation>
        <numerusform>同时添加该文件夹中其他 {n:,} 个 TIFF 文件的各页(&amp;F)</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Overview</source>
      <translation>概览</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>First steps</source>
      <translation>入门</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>The editor</source>
      <translation>编辑器</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>From other programs</source>
      <translation>从其他程序迁移</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Labels in and out</source>
      <translation>标注的导入与导出</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>More than one machine</source>
      <translation>使用多台机器</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Keys</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>For developers</source>
      <translation>开发者</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Guide</source>
      <translation>指南</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Pages</source>
      <translation>页面</translation>
    </message>
    <message>
      <extracomment>dialogs/guide_dialog.py</extracomment>
      <source>Text</source>
      <translation>正文</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>As work to look at</source>
      <translation>作为待检查的标注</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Shapes of a person on images that still wait for review.</source>
      <translation>人工绘制的形状，所在图像仍待审核。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>As reviewed</source>
      <translation>作为已审核的标注</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>You vouch for them: they train models and are exported.</source>
      <translation>由你担保其正确：它们会用于训练，也会导出。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>As proposals</source>
      <translation>作为候选</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Dashed, like those of a model: accept or reject them.</source>
      <translation>虚线，与模型的候选一样：可接受或拒绝。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Recognised: {format}. There is also {others}; choose it here to read that instead.</source>
      <translation>识别结果：{format}。另有 {others}；如要读取，请在此选择。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Choose what to read. Nothing is changed before you press Import.</source>
      <translation>选择要读取的内容。按下“导入”之前不会有任何更改。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Import labels</source>
      <translation>导入标注</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>A file, folder or archive; also dropped</source>
      <translation>文件、文件夹或压缩包；也可拖放</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>What each class becomes in this project</source>
      <translation>每个类别在此项目中对应什么</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Recognise by itself</source>
      <translation>自动识别</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>What is repaired or cannot be used</source>
      <translation>已修复或无法使用的内容</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Import labels from</source>
      <translation>导入来源</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>{format} ({n:,} files)</source>
      <translation>
        <numerusform>{format}（{n:,} 个文件）</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Recognised: {format}.</source>
      <translation>识别结果：{format}。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>F&amp;ile…</source>
      <translation>文件(&amp;I)…</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>F&amp;older…</source>
      <translation>文件夹(&amp;O)…</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Looking at the files …</source>
      <translation>正在查看文件 …</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>&amp;From</source>
      <translation>来源(&amp;F)</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>&amp;Take in</source>
      <translation>导入为(&amp;T)</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Nothing is changed before you press Import.</source>
      <translation>按下“导入”之前不会有任何更改。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_dialog.py</extracomment>
      <source>Press Enter, and what lies there is read.</source>
      <translation>按 Enter 即读取该处的内容。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} proposals that nobody has touched give way.</source>
      <translation>
        <numerusform>{n:,} 个无人改动过的候选将被替换。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>The source numbers its classes without names: look at what they become below.</source>
      <translation>来源的类别只有编号，没有名称：请在下面查看它们对应什么。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>An image with a shape that cannot be used does not count as reviewed.</source>
      <translation>含有无法使用的形状的图像，不会标为已审核。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} proposals that nobody had touched gave way.</source>
      <translation>
        <numerusform>{n:,} 个无人改动过的候选已被替换。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>From {source}, read as {format}.</source>
      <translation>来自 {source}，按 {format} 读取。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Meant as one? {some}. Choose below what they become.</source>
      <translation>是否指同一类？{some}。请在下方选择它们成为什么。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{names} and {more} more</source>
      <translation>{names} 等，另有 {more} 个</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} images that have labels here are missing in the project, the first: {names}.</source>
      <translation>
        <numerusform>此处有标注的 {n:,} 张图像在项目中缺失，例如：{names}。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} shapes or files cannot be used: listed below with the place.</source>
      <translation>
        <numerusform>{n:,} 个形状或文件无法使用：见下方列表及其位置。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} things repaired, scaled, doubled or not taken over: listed below.</source>
      <translation>
        <numerusform>{n:,} 处已修复、缩放、因重复而丢弃或未导入：见下方列表。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} shapes in the project already: not added again.</source>
      <translation>
        <numerusform>{n:,} 个形状已在项目中：没有重复添加。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{n:,} shapes left out with their class.</source>
      <translation>
        <numerusform>{n:,} 个形状随其类别一起略去。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Cannot be used</source>
      <translation>无法使用</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Repaired or dropped</source>
      <translation>已修复或丢弃</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>By class: {some}.</source>
      <translation>按类别：{some}。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Models learn from them once their images are reviewed: one by one, or many at once ({key}).</source>
      <translation>图像经过审核后，模型才会从中学习：可逐张审核，也可批量审核（{key}）。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>It is one step: taking it back leaves what was changed since.</source>
      <translation>这是一步操作：撤回时会保留你此后的改动。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{shapes} added; labels were found for {images}</source>
      <translation>已添加 {shapes}；找到了 {images}的标注</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Nothing was repaired and nothing had to be left out.</source>
      <translation>没有需要修复的内容，也没有略去任何内容。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>  ... and {more:,} more</source>
      <translation>  ……另有 {more:,} 个</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>{shapes} come in; labels were found for {images} of the project.</source>
      <translation>将导入 {shapes}；找到了项目中 {images}的标注。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>New classes: {some}.</source>
      <translation>新类别：{some}。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>Say below what each class becomes.</source>
      <translation>请在下面指定每个类别对应什么。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>No shape comes in; labels were found for {images} of the project.</source>
      <translation>没有可导入的形状；找到了项目中 {images}的标注。</translation>
    </message>
    <message>
      <extracomment>dialogs/import_words.py</extracomment>
      <source>None of these labels is for an image of the project.</source>
      <translation>这些标注都不属于项目中的图像。</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>yours</source>
      <translation>自定义</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Actions and their keys</source>
      <translation>操作及其快捷键</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Take it over</source>
      <translation>改用于此</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>&amp;Set key…</source>
      <translation>设置快捷键(&amp;S)…</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>&amp;Add another…</source>
      <translation>再添加一个(&amp;A)…</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Re&amp;move keys</source>
      <translation>移除快捷键(&amp;M)</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>&amp;Reset</source>
      <translation>重置(&amp;R)</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Give this action the keys of the preset again</source>
      <translation>恢复方案中此操作的快捷键</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>{key} is the key of {names}.</source>
      <translation>{key} 已用于{names}。</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Another key for “{name}”: press it, Esc to leave</source>
      <translation>为“{name}”按下另一个快捷键，Esc 退出</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>New key for “{name}”: press it, Esc to leave</source>
      <translation>为“{name}”按下新快捷键，Esc 退出</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>{key} does “{held}” and stays what it is.</source>
      <translation>{key} 用于“{held}”，不能更改。</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source> and </source>
      <translation>和</translation>
    </message>
    <message>
      <extracomment>dialogs/key_editor.py</extracomment>
      <source>Reset all keys</source>
      <translation>重置所有快捷键</translation>
    </message>
    <message>
      <extracomment>dialogs/key_field.py</extracomment>
      <source>Press the new key, Esc to leave</source>
      <translation>按下新快捷键，Esc 退出</translation>
    </message>
    <message>
      <extracomment>dialogs/key_field.py</extracomment>
      <source>New key</source>
      <translation>新快捷键</translation>
    </message>
    <message>
      <extracomment>dialogs/key_search.py</extracomment>
      <source>Search an action or a key</source>
      <translation>搜索操作或快捷键</translation>
    </message>
    <message>
      <extracomment>dialogs/key_search.py</extracomment>
      <source>Search</source>
      <translation>查找</translation>
    </message>
    <message>
      <extracomment>dialogs/key_search.py</extracomment>
      <source>&amp;Preset</source>
      <translation>方案(&amp;P)</translation>
    </message>
    <message>
      <extracomment>dialogs/model_classes_dialog.py</extracomment>
      <source>Classes of the model</source>
      <translation>模型的类别</translation>
    </message>
    <message>
      <extracomment>dialogs/model_classes_dialog.py</extracomment>
      <source>What {model} finds gets these classes in the project. A class that is not there yet is added when the first shape needs it.</source>
      <translation>{model} 找到的目标归入项目中的以下类别。尚不存在的类别会在第一个形状需要时添加。</translation>
    </message>
    <message>
      <extracomment>dialogs/model_classes_dialog.py</extracomment>
      <source>Use these classes</source>
      <translation>使用这些类别</translation>
    </message>
    <message>
      <extracomment>dialogs/model_classes_dialog.py</extracomment>
      <source>New class {name}, when needed</source>
      <translation>新类别 {name}，需要时添加</translation>
    </message>
    <message>
      <extracomment>dialogs/model_classes_dialog.py</extracomment>
      <source>Left out: {name} was deleted here</source>
      <translation>不采用：{name} 已在此项目中删除</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>plain head</source>
      <translation>普通头</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Measure it and the model in use on the same validation images.</source>
      <translation>在同样的验证图像上衡量它和正在使用的模型。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>objects of any kind</source>
      <translation>任意类型的目标</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>{n} classes: {names}</source>
      <translation>
        <numerusform>{n} 个类别：{names}</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>dynamic head ({placement}, {experts} experts)</source>
      <translation>动态头（{placement}，{experts} 个专家）</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>{classes}. {params:.2f} M parameters, {head}, {image_size} px.</source>
      <translation>{classes}。{params:.2f} M 参数，{head}，{image_size} px。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>How far the work with the model is</source>
      <translation>模型处理的进度</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Add a file…</source>
      <translation>添加文件…</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Get YOLO11…</source>
      <translation>获取 YOLO11…</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Go back</source>
      <translation>回退</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Models of this project</source>
      <translation>此项目的模型</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Use this model</source>
      <translation>使用此模型</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Delete for ever</source>
      <translation>彻底删除</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Wait until the work with a model has ended, or stop it.</source>
      <translation>请等待模型相关的工作结束，或停止它。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Choose a model in the list first.</source>
      <translation>请先在列表中选择一个模型。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>The starter is part of the program.</source>
      <translation>起始模型是程序的一部分。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>This model pre-labels already.</source>
      <translation>此模型已在预标注。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>This is the model in use: choose the one to compare with it.</source>
      <translation>这是正在使用的模型：请选择要与它比较的模型。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>This model pre-labels: use another one first.</source>
      <translation>此模型正在预标注：请先使用另一个模型。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>{names} and more</source>
      <translation>{names} 等</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Trained from {parent}.</source>
      <translation>从 {parent} 训练而来。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Learned from data snapshot {snapshot}.</source>
      <translation>学自数据快照 {snapshot}。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>This model pre-labels.</source>
      <translation>正在用此模型预标注。</translation>
    </message>
    <message>
      <extracomment>dialogs/models_dialog.py</extracomment>
      <source>Deleted; it can be restored.</source>
      <translation>已删除；可以恢复。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Where the images lie. They are never moved or changed.</source>
      <translation>图像所在的位置。图像不会被移动或更改。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Only the folder is needed; everything else can be changed later.</source>
      <translation>只需要指定文件夹；其他内容以后都可以更改。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>They are finishe&amp;d: images that have some count as reviewed</source>
      <translation>标注已完成：有标注的图像计为已审核(&amp;D)</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Keep the images of one folder &amp;together</source>
      <translation>同一文件夹的图像不拆开(&amp;T)</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Create project</source>
      <translation>建立项目</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Go on with labels of another program</source>
      <translation>接着其他程序的标注继续</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>New project</source>
      <translation>新建项目</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Say where the images and their labels lie; the rest can be changed later.</source>
      <translation>请指定图像及其标注的位置；其余都可以以后更改。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>The built-in starter, which outlines any object</source>
      <translation>内置的起始模型，可勾出任何目标的轮廓</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>One name on each line, for instance
nut
bolt</source>
      <translation>每行一个名称，例如
螺母
螺栓</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>&amp;Labels</source>
      <translation>标注(&amp;L)</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Fil&amp;e…</source>
      <translation>文件(&amp;E)…</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>labelme, X-AnyLabeling, CVAT, Label Studio, COCO, YOLO, VIA, ISAT, Supervisely, Datumaro, V7, Pascal VOC or masks; the kind is recognised. Files are only read.</source>
      <translation>labelme、X-AnyLabeling、CVAT、Label Studio、COCO、YOLO、VIA、ISAT、Supervisely、Datumaro、V7、Pascal VOC 或掩膜；种类会自动识别。文件只会被读取。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>From a &amp;file…</source>
      <translation>从文件读取(&amp;F)…</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Leave empty to take those of the labels or the model, or to add them as you go.</source>
      <translation>留空则采用标注或模型中的类别，也可以边标注边添加。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>B&amp;rowse…</source>
      <translation>浏览(&amp;R)…</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>A model of this program, or an Ultralytics YOLO11-seg checkpoint (.pt); code in such a file is never run.</source>
      <translation>本程序的模型，或 Ultralytics YOLO11-seg 检查点（.pt）；此类文件中的代码不会执行。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>That part of the reviewed images trains no model, so that models can be compared.</source>
      <translation>已审核图像中的这一部分不参与训练，使模型之间可以比较。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Counting the images …</source>
      <translation>正在统计图像数量……</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>This folder is a project already: it will be opened as it is.</source>
      <translation>此文件夹已是项目：将直接打开。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Folder of images</source>
      <translation>图像文件夹</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Folder of labels</source>
      <translation>标注文件夹</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Choose a file</source>
      <translation>选择文件</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>File with class names</source>
      <translation>类别名称文件</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Class names (*.yaml *.yml *.txt)</source>
      <translation>类别名称 (*.yaml *.yml *.txt)</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Take over labels</source>
      <translation>迁移标注</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Cla&amp;sses</source>
      <translation>类别(&amp;S)</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>Open project</source>
      <translation>打开项目</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>The class {name}… has a name of {n:,} letters; {most} are the most.</source>
      <translation>类别“{name}…”的名称有 {n:,} 个字符，最多 {most} 个。</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>{n:,} images. They are never moved or changed.</source>
      <translation>
        <numerusform>{n:,} 张图像。图像不会被移动或更改。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>The labels are not at {place}.</source>
      <translation>{place} 处没有标注。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>No file {place}.</source>
      <translation>没有文件 {place}。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>There are no images in this folder or below it.</source>
      <translation>此文件夹及其子文件夹中没有图像。</translation>
    </message>
    <message>
      <extracomment>dialogs/new_project_dialog.py</extracomment>
      <source>There is no such folder.</source>
      <translation>没有这个文件夹。</translation>
    </message>
    <message>
      <extracomment>dialogs/notice_list.py</extracomment>
      <source>{stage} {done:,} of {total:,} …</source>
      <translation>{stage} {done:,} / {total:,} …</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Simplify: fewer points</source>
      <translation>简化：减少顶点</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Smooth: rounder corners</source>
      <translation>平滑：使拐角圆滑</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Densify: more points</source>
      <translation>加密：增加顶点</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Outline</source>
      <translation>轮廓</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>What to do</source>
      <translation>处理方式</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>How much</source>
      <translation>程度</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Apply</source>
      <translation>应用</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Select a shape on the image</source>
      <translation>请在图像上选择形状</translation>
    </message>
    <message numerus="yes">
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>{amount:.1f} px: {before} points become {after}</source>
      <translation>
        <numerusform>{amount:.1f} px：{before} 个点变为 {after} 个</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>dialogs/places.py</extracomment>
      <source>Waiting for an answer about {place}: its drive may be disconnected, which takes half a minute. Choose another file, or leave the field empty, to go on at once.</source>
      <translation>正在等待 {place} 的答复：所在的驱动器可能已断开，这需要半分钟。选择另一个文件，或将该栏留空，即可立即继续。</translation>
    </message>
    <message>
      <extracomment>dialogs/report_dialog.py</extracomment>
      <source>Findings</source>
      <translation>发现的问题</translation>
    </message>
    <message>
      <extracomment>dialogs/settings_dialog.py</extracomment>
      <source>Sections</source>
      <translation>分区</translation>
    </message>
    <message>
      <extracomment>dialogs/settings_dialog.py</extracomment>
      <source>Defaults of this page</source>
      <translation>恢复本页默认值</translation>
    </message>
    <message>
      <extracomment>dialogs/settings_dialog.py</extracomment>
      <source>Search settings</source>
      <translation>搜索设置</translation>
    </message>
    <message>
      <extracomment>dialogs/settings_dialog.py</extracomment>
      <source>No setting has these words.</source>
      <translation>没有包含这些词的设置。</translation>
    </message>
    <message>
      <extracomment>dialogs/shortcuts_dialog.py</extracomment>
      <source>Keyboard shortcuts</source>
      <translation>快捷键一览</translation>
    </message>
    <message>
      <extracomment>dialogs/shortcuts_dialog.py</extracomment>
      <source>Nothing has such a name or key.</source>
      <translation>没有这样的名称或快捷键。</translation>
    </message>
    <message>
      <extracomment>dialogs/shortcuts_dialog.py</extracomment>
      <source>Change keys…</source>
      <translation>更改快捷键…</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>drawn or imported</source>
      <translation>绘制或导入</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>proposed, not touched</source>
      <translation>候选，未改动</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>proposed, then corrected</source>
      <translation>候选，之后经过修正</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>{images}, {objects}: {each:.1f} an image and {points:.0f} points an object on average.</source>
      <translation>{images}，{objects}：平均每张图像 {each:.1f} 个，每个目标 {points:.0f} 个点。</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>{images}; no object yet.</source>
      <translation>{images}；还没有目标。</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>{first:,} and more</source>
      <translation>{first:,} 及以上</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Statistics</source>
      <translation>统计</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Images by state</source>
      <translation>各状态的图像</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Images by split</source>
      <translation>各子集的图像</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Images by number of objects</source>
      <translation>图像按目标数量</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Objects by class</source>
      <translation>各类别的目标</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Images that have the class</source>
      <translation>含有该类别的图像</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Objects by size: side of a square of the same area, pixels</source>
      <translation>目标按大小：等面积正方形的边长，像素</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Objects by number of points</source>
      <translation>目标按点数</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Objects by origin</source>
      <translation>目标按来源</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Save as a table…</source>
      <translation>另存为表格…</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>not assigned</source>
      <translation>未分配</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>{names} and {n:,} more</source>
      <translation>{names}，另有 {n:,} 个</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>Without objects: {names}.</source>
      <translation>没有目标的类别：{names}。</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>&amp;Classes</source>
      <translation>类别(&amp;C)</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>&amp;Objects</source>
      <translation>目标(&amp;O)</translation>
    </message>
    <message>
      <extracomment>dialogs/statistics_dialog.py</extracomment>
      <source>&amp;Work</source>
      <translation>工作量(&amp;W)</translation>
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Brightness</source>
      <translation>亮度</translation>
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Contrast</source>
      <translation>对比度</translation>
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Gamma</source>
      <translation>伽马</translation>
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Brightness and contrast</source>
      <translation>亮度与对比度</translation>
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>Reset</source>
      <translation>重置</translation>
    </message>
    <message>
      <extracomment>dialogs/tone_dialog.py</extracomment>
      <source>For your eyes only: files and models keep their pixels.</source>
      <translation>只影响显示：文件和模型所用的像素不变。</translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>Here</source>
      <translation>本图</translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>New shapes get this class once it is clicked. Double-click renames it.</source>
      <translation>单击后，新形状使用此类别。双击可重命名。</translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>Hide or show every {name}</source>
      <translation>隐藏或显示所有 {name}</translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>Lock or unlock every {name}</source>
      <translation>锁定或解锁所有 {name}</translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>Shapes of this class in the open image</source>
      <translation>当前图像中此类别的形状</translation>
    </message>
    <message numerus="yes">
      <extracomment>itemmodels/classes.py</extracomment>
      <source>{n:,} shapes of this class in the project</source>
      <translation>
        <numerusform>项目中此类别共有 {n:,} 个形状</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>Click to choose the number key of this class</source>
      <translation>单击以选择此类别的数字键</translation>
    </message>
    <message>
      <extracomment>itemmodels/classes.py</extracomment>
      <source>New shapes get this class once it is clicked. Key {key} gives it to the selection. Double-click renames it.</source>
      <translation>单击后，新形状使用此类别。按 {key} 将其指定给所选形状。双击可重命名。</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Pre-label</source>
      <translation>预标注</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Follow shapes</source>
      <translation>跟随形状</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Accept proposals</source>
      <translation>接受候选</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Mark images</source>
      <translation>标记图像</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Set the split</source>
      <translation>设定划分</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>{day} {month} {time:%Y}</source>
      <translation>{time:%Y}年{month}{day}日</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>This is what is on the canvas.</source>
      <translation>这是画布上现在的内容。</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Taken back; it can be done again.</source>
      <translation>已撤销；可以重做。</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Taken back, and something else was done since.</source>
      <translation>已撤销，之后又做了其他操作。</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>The class has shapes by now, so this stays.</source>
      <translation>该类别现在已有形状，因此保留。</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>{day} {month} {time:%H:%M}</source>
      <translation>{month}{day}日 {time:%H:%M}</translation>
    </message>
    <message>
      <extracomment>itemmodels/history.py</extracomment>
      <source>Before the first step</source>
      <translation>第一步之前</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>unlabelled</source>
      <translation>未标注</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>pre-labelled</source>
      <translation>已预标注</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>in work</source>
      <translation>进行中</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>reviewed</source>
      <translation>已审核</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>skipped</source>
      <translation>已跳过</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>train</source>
      <translation>train</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>val</source>
      <translation>val</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>test</source>
      <translation>test</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>{name}
damaged: {damage}</source>
      <translation>{name}
已损坏：{damage}</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>no shapes</source>
      <translation>没有形状</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>least certain {score:.2f}</source>
      <translation>最不确定 {score:.2f}</translation>
    </message>
    <message>
      <extracomment>itemmodels/images.py</extracomment>
      <source>changed on disk since</source>
      <translation>文件此后有变化</translation>
    </message>
    <message>
      <extracomment>itemmodels/instance_order.py</extracomment>
      <source>&amp;Topmost first</source>
      <translation>最上层在前(&amp;T)</translation>
    </message>
    <message>
      <extracomment>itemmodels/instance_order.py</extracomment>
      <source>By &amp;class</source>
      <translation>按类别(&amp;C)</translation>
    </message>
    <message>
      <extracomment>itemmodels/instance_order.py</extracomment>
      <source>By &amp;score, lowest first</source>
      <translation>按得分，从低到高(&amp;S)</translation>
    </message>
    <message>
      <extracomment>itemmodels/instance_order.py</extracomment>
      <source>By &amp;origin</source>
      <translation>按来源(&amp;O)</translation>
    </message>
    <message>
      <extracomment>itemmodels/instance_order.py</extracomment>
      <source>By size, s&amp;mallest first</source>
      <translation>按大小，从小到大(&amp;M)</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>imported</source>
      <translation>导入</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Taken over from label files.</source>
      <translation>来自标注文件。</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>accepted</source>
      <translation>已接受</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Proposed by the model, accepted by a person.</source>
      <translation>由模型提出，由人接受。</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>model</source>
      <translation>模型</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Proposed by the model; nobody has looked at it yet.</source>
      <translation>由模型提出；还没有人看过。</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Score</source>
      <translation>得分</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Origin</source>
      <translation>来源</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>drawn</source>
      <translation>绘制</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Drawn by a person.</source>
      <translation>由人绘制。</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>edited</source>
      <translation>已修改</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Proposed by the model, then changed by a person.</source>
      <translation>由模型提出，之后由人修改。</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>class {number}?</source>
      <translation>类别 {number}？</translation>
    </message>
    <message numerus="yes">
      <extracomment>itemmodels/instances.py</extracomment>
      <source>{n} points</source>
      <translation>
        <numerusform>{n} 个点</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>{area:,.0f} px²</source>
      <translation>{area:,.0f} px²</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Hidden; click to show</source>
      <translation>已隐藏；单击显示</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Click to hide</source>
      <translation>单击隐藏</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Locked; click to unlock</source>
      <translation>已锁定；单击解锁</translation>
    </message>
    <message>
      <extracomment>itemmodels/instances.py</extracomment>
      <source>Click to lock</source>
      <translation>单击锁定</translation>
    </message>
    <message>
      <extracomment>jobs/background.py</extracomment>
      <source>Something unexpected went wrong: {reason}</source>
      <translation>发生意外错误：{reason}</translation>
    </message>
    <message>
      <extracomment>jobs/doctor.py</extracomment>
      <source>It gave no answer.</source>
      <translation>没有得到回应。</translation>
    </message>
    <message>
      <extracomment>jobs/ending.py</extracomment>
      <source>A process of this program does not end, so nothing was changed.</source>
      <translation>本程序的一个进程没有结束，因此未作任何改动。</translation>
    </message>
    <message>
      <extracomment>jobs/ending.py</extracomment>
      <source>Does a disk or network drive hang? Start the computer again if it goes on.</source>
      <translation>是否有磁盘或网络驱动器没有响应？如果一直如此，请重新启动计算机。</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>The engine cannot be started, so no model can run; labelling works.</source>
      <translation>推理引擎无法启动，因此不能运行模型；标注不受影响。</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>The engine keeps stopping ({why}), so no model can run.</source>
      <translation>推理引擎反复停止（{why}），因此不能运行模型。</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>The engine stopped ({why}); your labels are safe. It is being started again.</source>
      <translation>推理引擎已停止（{why}）；标注安全。正在重新启动。</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>The engine stopped twice on this ({why}); your labels are safe.</source>
      <translation>推理引擎在此处两次停止（{why}）；标注安全。</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>Try a smaller model, a smaller image size, or the CPU.</source>
      <translation>请尝试更小的模型、更小的图像尺寸，或使用 CPU。</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>Run `dynseg doctor` in a terminal: it names what is missing.</source>
      <translation>请在终端运行 `dynseg doctor`：它会指出缺少什么。</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>signal {code}</source>
      <translation>信号 {code}</translation>
    </message>
    <message>
      <extracomment>jobs/engine.py</extracomment>
      <source>exit code {code}</source>
      <translation>退出码 {code}</translation>
    </message>
    <message>
      <extracomment>jobs/files.py</extracomment>
      <source>The program that reads and writes files cannot be started, so nothing can be imported or exported; labelling works.</source>
      <translation>读写文件的程序无法启动，因此不能导入或导出；标注不受影响。</translation>
    </message>
    <message>
      <extracomment>jobs/files.py</extracomment>
      <source>The program that reads and writes files keeps stopping ({why}), so nothing can be imported or exported.</source>
      <translation>读写文件的程序反复停止（{why}），因此不能导入或导出。</translation>
    </message>
    <message>
      <extracomment>jobs/files.py</extracomment>
      <source>The program that reads and writes files stopped ({why}); your labels are safe. It is being started again.</source>
      <translation>读写文件的程序已停止（{why}）；标注安全。正在重新启动。</translation>
    </message>
    <message>
      <extracomment>jobs/files.py</extracomment>
      <source>The program that reads and writes files stopped twice on this ({why}); no label was changed.</source>
      <translation>读写文件的程序在此处两次停止（{why}）；标注没有改动。</translation>
    </message>
    <message>
      <extracomment>jobs/files.py</extracomment>
      <source>One of the files may be broken; leave it out and try again.</source>
      <translation>可能有文件已损坏；请去掉它再试。</translation>
    </message>
    <message>
      <extracomment>jobs/label_errors.py</extracomment>
      <source>The search for label errors ended without a word; no label was changed.</source>
      <translation>查找标注错误的程序意外结束；标注没有改动。</translation>
    </message>
    <message>
      <extracomment>jobs/label_errors.py</extracomment>
      <source>Start it again; `dynseg review PROJECT --order errors` says more.</source>
      <translation>请重新开始；`dynseg review PROJECT --order errors` 会给出更多信息。</translation>
    </message>
    <message>
      <extracomment>jobs/live.py</extracomment>
      <source>Live learning keeps stopping, so it is off; labelling works.</source>
      <translation>实时学习反复停止，因此已关闭；标注不受影响。</translation>
    </message>
    <message>
      <extracomment>jobs/live.py</extracomment>
      <source>Live learning cannot be started; labelling works.</source>
      <translation>实时学习无法启动；标注不受影响。</translation>
    </message>
    <message>
      <extracomment>jobs/model_command.py</extracomment>
      <source>The command ended without a word; no label was changed.</source>
      <translation>命令意外结束；标注没有改动。</translation>
    </message>
    <message>
      <extracomment>jobs/model_command.py</extracomment>
      <source>Try it again.</source>
      <translation>请重试。</translation>
    </message>
    <message>
      <extracomment>jobs/training.py</extracomment>
      <source>The training process ended without a word; the active model is unchanged.</source>
      <translation>训练进程意外结束；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>jobs/training.py</extracomment>
      <source>{host} trains no more, or cannot be reached; the active model is unchanged.</source>
      <translation>{host} 已不再训练，或无法连接；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>jobs/training.py</extracomment>
      <source>Go on with it, or train again. See the log for the cause.</source>
      <translation>请继续该任务，或重新训练。原因见日志。</translation>
    </message>
    <message>
      <extracomment>jobs/training.py</extracomment>
      <source>Train again. See the log for the cause.</source>
      <translation>请重新训练。原因见日志。</translation>
    </message>
    <message>
      <extracomment>jobs/training.py</extracomment>
      <source>Go on with it here, or train again.</source>
      <translation>请在这台计算机上继续，或重新训练。</translation>
    </message>
    <message>
      <extracomment>jobs/training.py</extracomment>
      <source>Train again.</source>
      <translation>请重新训练。</translation>
    </message>
    <message>
      <extracomment>language/engine_text.py</extracomment>
      <source>; </source>
      <translation>；</translation>
    </message>
    <message>
      <extracomment>language/engine_text.py</extracomment>
      <source>{a} ({b})</source>
      <translation>{a}（{b}）</translation>
    </message>
    <message>
      <extracomment>main_window.py</extracomment>
      <source>Tools</source>
      <translation>工具</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>{name}
{head}, YOLO11{scale}-seg, {params:.1f} M parameters
{classes}</source>
      <translation>{name}
{head}，YOLO11{scale}-seg，{params:.1f} M 参数
{classes}</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Confidence: proposals below it are not shown</source>
      <translation>置信度：低于它的候选不显示</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Detail of outlines</source>
      <translation>轮廓细节</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Pre-label this image</source>
      <translation>预标注此图像</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Pre-label images when they open</source>
      <translation>打开图像时自动预标注</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>More options</source>
      <translation>更多选项</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Try</source>
      <translation>试运行</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>any object</source>
      <translation>任意目标</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/assist_panel.py</extracomment>
      <source>{n} classes</source>
      <translation>
        <numerusform>{n} 个类别</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>{job} (tile {done} of {total})</source>
      <translation>{job}（分块 {done} / {total}）</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/assist_panel.py</extracomment>
      <source>{n} images failed</source>
      <translation>
        <numerusform>{n} 张图像失败</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Change…</source>
      <translation>更改…</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Choose the model that pre-labels</source>
      <translation>选择用于预标注的模型</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Classes…</source>
      <translation>类别…</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Which class of the model becomes which class of the project</source>
      <translation>模型的每个类别对应项目中的哪个类别</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Tiles, image size, overlap, number of objects, precision, classes</source>
      <translation>分块、图像尺寸、重叠、目标数、精度、类别</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>No model yet</source>
      <translation>还没有模型</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Train one on reviewed images, or choose a model file.</source>
      <translation>请用已审核的图像训练一个，或选择模型文件。</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>You can go on labelling meanwhile; shapes of people are never touched.</source>
      <translation>期间可以继续标注；人工绘制的形状绝不会改动。</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Shows what a run would add, remove and change; nothing is changed.</source>
      <translation>显示运行将会增加、删除和更改什么；不做任何更改。</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Confidence</source>
      <translation>置信度</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>Detail</source>
      <translation>细节</translation>
    </message>
    <message>
      <extracomment>panels/assist_panel.py</extracomment>
      <source>dynamic head</source>
      <translation>动态头</translation>
    </message>
    <message>
      <extracomment>panels/class_panel.py</extracomment>
      <source>No classes yet.
Type the first one below.</source>
      <translation>还没有类别。
请在下方输入第一个。</translation>
    </message>
    <message>
      <extracomment>panels/class_panel.py</extracomment>
      <source>Name of a new class</source>
      <translation>新类别的名称</translation>
    </message>
    <message>
      <extracomment>panels/class_panel.py</extracomment>
      <source>Add this class</source>
      <translation>添加此类别</translation>
    </message>
    <message>
      <extracomment>panels/class_panel.py</extracomment>
      <source>Give “{name}” to the selected shapes</source>
      <translation>把“{name}”指定给所选形状</translation>
    </message>
    <message>
      <extracomment>panels/class_panel.py</extracomment>
      <source>Colour…</source>
      <translation>颜色…</translation>
    </message>
    <message>
      <extracomment>panels/class_panel.py</extracomment>
      <source>&amp;none</source>
      <translation>无(&amp;N)</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>On the image: added shapes are solid with a plus, removed ones dashed with a minus, changed ones solid with a tilde, and dotted as they were before.</source>
      <translation>在图像上：增加的形状为实线带加号，删除的为虚线带减号，更改的为实线带波浪号，更改之前的样子为点线。</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>no difference</source>
      <translation>没有差别</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>nothing</source>
      <translation>无</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>Only changed images</source>
      <translation>仅有改动的图像</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>Show only images that the run concerns in the list</source>
      <translation>列表中只显示此次运行涉及的图像</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>Stop comparing; nothing is changed</source>
      <translation>停止比较；不做任何更改</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>Stop comparing</source>
      <translation>停止比较</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>{changes} on {n} images</source>
      <translation>
        <numerusform>{n} 张图像：{changes}</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>{n} added</source>
      <translation>增加 {n} 个</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>{n} removed</source>
      <translation>删除 {n} 个</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>{n} changed</source>
      <translation>更改 {n} 个</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>Here: {changes}</source>
      <translation>本图：{changes}</translation>
    </message>
    <message>
      <extracomment>panels/comparison_bar.py</extracomment>
      <source>Here: nothing</source>
      <translation>本图：无</translation>
    </message>
    <message>
      <extracomment>panels/device_badge.py</extracomment>
      <source>The model runs in a process of its own.</source>
      <translation>模型在独立的进程中运行。</translation>
    </message>
    <message>
      <extracomment>panels/device_badge.py</extracomment>
      <source>Device and model: {both}</source>
      <translation>设备和模型：{both}</translation>
    </message>
    <message>
      <extracomment>panels/device_badge.py</extracomment>
      <source>engine off</source>
      <translation>推理引擎已关闭</translation>
    </message>
    <message>
      <extracomment>panels/device_badge.py</extracomment>
      <source>engine ready</source>
      <translation>推理引擎就绪</translation>
    </message>
    <message>
      <extracomment>panels/dock.py</extracomment>
      <source>Unfold {title}</source>
      <translation>展开 {title}</translation>
    </message>
    <message>
      <extracomment>panels/dock.py</extracomment>
      <source>Fold {title}</source>
      <translation>折叠 {title}</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>Nothing to show yet: review some images that a model has proposed shapes for. Every step is counted from the history of the images; nobody is timed while they pause.</source>
      <translation>还没有可显示的内容：请先审核一些带有模型候选的图像。每一步都从图像的历史中统计；停顿的时间不计。</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>Reviewed: {images} with {objects}. Proposals: {unchanged} kept as they were, {corrected} corrected, {relabelled} given another class, {deleted} deleted. Drawn besides: {added}. The curves follow the reviews, {round} images a point.</source>
      <translation>已审核 {images}，共 {objects}。候选：原样保留 {unchanged} 个，修正 {corrected} 个，更改类别 {relabelled} 个，删除 {deleted} 个。另外绘制 {added} 个。曲线按审核的先后排列，每 {round} 张图像一个点。</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>An object took {first:.1f} steps in the first {round} images and {last:.1f} in the last {images}.</source>
      <translation>每个目标在最初 {round} 张图像中用 {first:.1f} 步，在最近 {images} 张中用 {last:.1f} 步。</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>Proposals</source>
      <translation>候选</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>Steps an object</source>
      <translation>每个目标的步数</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>Seconds an object</source>
      <translation>每个目标的秒数</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>kept as they were</source>
      <translation>原样保留</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>overlap with the result</source>
      <translation>与结果的重叠度</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>all steps</source>
      <translation>所有步骤</translation>
    </message>
    <message>
      <extracomment>panels/effort_charts.py</extracomment>
      <source>time between steps</source>
      <translation>步骤之间的时间</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>Point at a step to look at it, click to go there.</source>
      <translation>指向某一步即可查看，单击即可回到那里。</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>Changes of the classes and batches; each is taken back in all images.</source>
      <translation>类别的更改和批量运行；每一项都在所有图像中撤回。</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>Take back</source>
      <translation>撤回</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>Do again</source>
      <translation>重做</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>This image</source>
      <translation>当前图像</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>Project</source>
      <translation>项目</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>History of what</source>
      <translation>查看哪种历史</translation>
    </message>
    <message>
      <extracomment>panels/history_panel.py</extracomment>
      <source>Steps, the newest first</source>
      <translation>步骤，最新的在前</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Any</source>
      <translation>不限</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Validation</source>
      <translation>验证</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Test</source>
      <translation>测试</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Not assigned</source>
      <translation>未分配</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Images with a shape of this class</source>
      <translation>含有此类别形状的图像</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Images of this split</source>
      <translation>属于此子集的图像</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>any</source>
      <translation>不限</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>At least this many shapes</source>
      <translation>至少这么多形状</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>At most this many shapes</source>
      <translation>至多这么多形状</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>The least certain proposal has at least this</source>
      <translation>最不确定的候选不低于此值</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>The least certain proposal has at most this</source>
      <translation>最不确定的候选不高于此值</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Take these filters away</source>
      <translation>移除这些筛选</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Any class</source>
      <translation>任意类别</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Damaged files</source>
      <translation>损坏的文件</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>Split</source>
      <translation>子集</translation>
    </message>
    <message>
      <extracomment>panels/image_filter.py</extracomment>
      <source>to</source>
      <translation>至</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>All images</source>
      <translation>所有图像</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>To review</source>
      <translation>待审核</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Unlabelled</source>
      <translation>未标注</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Pre-labelled</source>
      <translation>已预标注</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>In work</source>
      <translation>进行中</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Skipped</source>
      <translation>已跳过</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>By name</source>
      <translation>按名称</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>By state</source>
      <translation>按状态</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Suggested</source>
      <translation>推荐优先</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Least certain</source>
      <translation>最不确定优先</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Most disputed</source>
      <translation>分歧最大优先</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Shuffled</source>
      <translation>随机</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Search names</source>
      <translation>搜索名称</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Search image names</source>
      <translation>搜索图像名称</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Words of the name; * and ? stand for any letters</source>
      <translation>名称中包含的文字；* 和 ? 代表任意字符</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Show images of this state</source>
      <translation>显示此状态的图像</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Order of the images</source>
      <translation>图像的顺序</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Filter by class, number of shapes, score and split</source>
      <translation>按类别、形状数量、得分和子集筛选</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>More filters</source>
      <translation>更多筛选</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>Show all images</source>
      <translation>显示所有图像</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>{n} more filters in use</source>
      <translation>
        <numerusform>正在使用另外 {n} 项筛选</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>No image matches.</source>
      <translation>没有符合的图像。</translation>
    </message>
    <message>
      <extracomment>panels/image_list_panel.py</extracomment>
      <source>No images yet.
Open a folder to begin.</source>
      <translation>还没有图像。
请打开文件夹。</translation>
    </message>
    <message>
      <extracomment>panels/instance_panel.py</extracomment>
      <source>Shapes of this image</source>
      <translation>当前图像的形状</translation>
    </message>
    <message>
      <extracomment>panels/instance_panel.py</extracomment>
      <source>Click to sort by it, again for the other way round; right click: by size</source>
      <translation>单击按此排序，再次单击反向排序；右键可按大小排序</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Off: the model changes only when you train it below.</source>
      <translation>已关闭：模型只在下方训练时改变。</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Waits until the training run has ended, then goes on by itself.</source>
      <translation>等待训练任务结束，之后自动继续。</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Starts by itself at your second reviewed image.</source>
      <translation>审核第二张图像后自动开始。</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/live_card.py</extracomment>
      <source>{n} images</source>
      <translation>
        <numerusform>{n} 张图像</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>{facts}.</source>
      <translation>{facts}。</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/live_card.py</extracomment>
      <source>Your last {n} images: {share:.0%} of the proposals kept as they were, {steps:.1f} steps an object.</source>
      <translation>
        <numerusform>最近 {n} 张图像：{share:.0%} 的候选原样保留，每个目标 {steps:.1f} 步。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>{words}, quality {quality:.2f}</source>
      <translation>{words}，质量 {quality:.2f}</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Getting ready to learn from {images}.</source>
      <translation>正在准备从 {images}中学习。</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>getting ready to learn</source>
      <translation>正在准备学习</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>learning paused</source>
      <translation>学习已暂停</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>learning waits for the power supply</source>
      <translation>学习等待接通电源</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/live_card.py</extracomment>
      <source>learning from {n} images</source>
      <translation>
        <numerusform>正在从 {n} 张图像中学习</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/live_card.py</extracomment>
      <source>learned from {n} images</source>
      <translation>
        <numerusform>已从 {n} 张图像中学习</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>&amp;Learn while I label</source>
      <translation>边标注边学习(&amp;L)</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Every image that you review makes the next proposals better. Runs on this computer, behind everything else, and rests when there is nothing new to learn.</source>
      <translation>每审核一张图像，之后的候选都会更好。在本机运行，优先级低于其他一切工作；没有新内容可学时会休息。</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Read from the history of the images that you reviewed last. As a table: dynseg stats PROJECT --effort --csv FILE</source>
      <translation>取自最近审核的图像的历史。以表格形式输出：dynseg stats PROJECT --effort --csv FILE</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>C&amp;urves…</source>
      <translation>曲线(&amp;U)…</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>How the work on proposals shrinks, round by round.</source>
      <translation>处理候选的工作量如何逐轮减少。</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>live quality {quality:.2f}</source>
      <translation>实时质量 {quality:.2f}</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Learning from {images}</source>
      <translation>正在从 {images}中学习</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Has learned from {images} and rests until you review another</source>
      <translation>已从 {images}中学习，审核下一张之前休息</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Paused at {images}</source>
      <translation>已暂停，学过 {images}</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>Waits for the power supply, at {images}</source>
      <translation>等待接通电源，学过 {images}</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>uses spare processor time</source>
      <translation>使用空闲的处理器时间</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>improved just now</source>
      <translation>刚刚有进步</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>last improved {duration} ago</source>
      <translation>上次进步在 {duration}前</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>{rate} pictures/s at {size} px</source>
      <translation>{rate} 张/秒，{size} px</translation>
    </message>
    <message>
      <extracomment>panels/live_card.py</extracomment>
      <source>no processor time</source>
      <translation>不占用处理器时间</translation>
    </message>
    <message>
      <extracomment>panels/message_bar.py</extracomment>
      <source>Dismiss</source>
      <translation>关闭</translation>
    </message>
    <message>
      <extracomment>panels/message_bar.py</extracomment>
      <source>Dismiss this message</source>
      <translation>关闭此消息</translation>
    </message>
    <message>
      <extracomment>panels/message_bar.py</extracomment>
      <source>Copy details</source>
      <translation>复制详情</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>{name} changed on disk after it was labelled. Its {n:,} shapes are kept; see whether they still fit.</source>
      <translation>
        <numerusform>{name} 在标注之后文件有变化。其 {n:,} 个形状都已保留；请检查是否仍然吻合。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>{name} now has {now} pixels; its {n:,} shapes were made on {made_on} and stay as they are until you scale them.</source>
      <translation>
        <numerusform>{name} 现在为 {now} 像素；其 {n:,} 个形状是按 {made_on} 绘制的，在你缩放之前保持不变。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>Labels are right</source>
      <translation>标注正确</translation>
    </message>
    <message>
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>Keep the labels with the file that is there now; this note goes away</source>
      <translation>标注与现在的文件相符；不再显示此提示</translation>
    </message>
    <message>
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>Scale the shapes</source>
      <translation>缩放形状</translation>
    </message>
    <message>
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>Bring the shapes and their history to the size of the file that is there now; a backup is made first</source>
      <translation>把形状及其历史缩放到现在文件的尺寸；会先做备份</translation>
    </message>
    <message>
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>Show the file</source>
      <translation>显示文件</translation>
    </message>
    <message>
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>Open the folder that the file lies in</source>
      <translation>打开文件所在的文件夹</translation>
    </message>
    <message>
      <extracomment>panels/other_file_bar.py</extracomment>
      <source>{text} Its sides have another ratio: it was cut, or is another picture.</source>
      <translation>{text}两边的比例不同：图像被裁剪过，或是另一张图片。</translation>
    </message>
    <message>
      <extracomment>panels/recent_menu.py</extracomment>
      <source>Open &amp;recent</source>
      <translation>打开最近的项目(&amp;R)</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>Share of the images that is reviewed</source>
      <translation>已审核图像的比例</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>Leave review mode</source>
      <translation>退出审核模式</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>&lt;b&gt;Review&lt;/b&gt;&amp;nbsp; {reviewed} of {total}</source>
      <translation>&lt;b&gt;审核&lt;/b&gt;&amp;nbsp; {reviewed} / {total}</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/review_bar.py</extracomment>
      <source>{left} of {n} proposals left</source>
      <translation>
        <numerusform>{n} 个候选，还剩 {left} 个</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>In which order the images come</source>
      <translation>图像出现的顺序</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>Order of the review</source>
      <translation>审核的顺序</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>all looked at: add what is missing, Enter accepts</source>
      <translation>全部看过：补上遗漏的，按 Enter 接受</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>reviewed: Enter goes on to the next</source>
      <translation>已审核：按 Enter 转到下一张</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>no proposals yet</source>
      <translation>还没有候选</translation>
    </message>
    <message>
      <extracomment>panels/review_bar.py</extracomment>
      <source>nothing proposed: Enter when nothing is missing</source>
      <translation>没有候选：如果没有缺少的目标，按 Enter</translation>
    </message>
    <message>
      <extracomment>panels/run_options.py</extracomment>
      <source>as trained</source>
      <translation>与训练时相同</translation>
    </message>
    <message>
      <extracomment>panels/run_options.py</extracomment>
      <source>Classes of the model to propose</source>
      <translation>要提出的模型类别</translation>
    </message>
    <message>
      <extracomment>panels/run_options.py</extracomment>
      <source>Propose some of the model's classes alone</source>
      <translation>只提出模型的部分类别</translation>
    </message>
    <message>
      <extracomment>panels/run_options.py</extracomment>
      <source>All classes</source>
      <translation>所有类别</translation>
    </message>
    <message>
      <extracomment>panels/run_options.py</extracomment>
      <source>{count} of {total}</source>
      <translation>{count} / {total}</translation>
    </message>
    <message>
      <extracomment>panels/scope_box.py</extracomment>
      <source>Images without labels</source>
      <translation>没有标注的图像</translation>
    </message>
    <message>
      <extracomment>panels/scope_box.py</extracomment>
      <source>All that are not reviewed</source>
      <translation>所有未审核的图像</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/scope_box.py</extracomment>
      <source>{n:,} selected images</source>
      <translation>
        <numerusform>所选的 {n:,} 张图像</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/scope_box.py</extracomment>
      <source>Which images to pre-label</source>
      <translation>预标注哪些图像</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Label images, let a model do most of it</source>
      <translation>标注图像，大部分交给模型</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>The model proposes outlines, you correct them, it learns from you. Images stay where they are, and nothing leaves this computer.</source>
      <translation>模型提出轮廓，人来修正，模型再从中学习。图像留在原处，任何数据都不会离开这台电脑。</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Open a folder of images…</source>
      <translation>打开图像文件夹…</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Start at once; everything else can be decided later.</source>
      <translation>立即开始；其他一切都可以以后再定。</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>New project…</source>
      <translation>新建项目…</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Choose classes, model and validation images before you start.</source>
      <translation>开始之前先选择类别、模型和验证图像。</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Take over labels…</source>
      <translation>迁移标注…</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Go on with the work of labelme, X-AnyLabeling, CVAT, Label Studio, COCO or YOLO.</source>
      <translation>接着 labelme、X-AnyLabeling、CVAT、Label Studio、COCO 或 YOLO 的工作继续。</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Pre-label, correct, accept: with the real controls, on sample photographs.</source>
      <translation>预标注、修正、接受：在示例照片上使用真实的控件。</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Open the sample without the tour</source>
      <translation>不看导览，直接打开示例</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Recent projects</source>
      <translation>最近的项目</translation>
    </message>
    <message>
      <extracomment>panels/start_page.py</extracomment>
      <source>Open the project {name}</source>
      <translation>打开项目 {name}</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>{hours} h {minutes} min</source>
      <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>{stage} {done} of {total}</source>
      <translation>{stage} {done} / {total}</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>{seconds} s</source>
      <translation>{seconds} 秒</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>{minutes} min</source>
      <translation>{minutes} 分钟</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>Whether your work is on the disk</source>
      <translation>你的工作是否已写入磁盘</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>Images that a person vouches for</source>
      <translation>由人确认过的图像</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>Zoom</source>
      <translation>缩放</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>Position in image pixels, x and y</source>
      <translation>图像像素坐标，x 和 y</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>The training run; its panel has the details</source>
      <translation>训练任务；详情见其面板</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>Live learning; the training panel has the details</source>
      <translation>实时学习；详情见训练面板</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>Stop this job</source>
      <translation>停止此任务</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>Stop the running job</source>
      <translation>停止正在运行的任务</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>not saved: {count}</source>
      <translation>未保存：{count}</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>read-only</source>
      <translation>只读</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/status_line.py</extracomment>
      <source>{job}; {n} more jobs</source>
      <translation>
        <numerusform>{job}；另有 {n} 个任务</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>{rate} images/s</source>
      <translation>{rate} 张/秒</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>{duration} left</source>
      <translation>剩余 {duration}</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/status_line.py</extracomment>
      <source>saving {n} …</source>
      <translation>
        <numerusform>正在保存 {n} 处 …</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>saved {time}</source>
      <translation>已保存 {time}</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>all saved</source>
      <translation>全部已保存</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>reviewed {reviewed} of {total}</source>
      <translation>已审核 {reviewed} / {total}</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>zoom {scale:.0f} %</source>
      <translation>缩放 {scale:.0f} %</translation>
    </message>
    <message>
      <extracomment>panels/status_line.py</extracomment>
      <source>zoom 8888 %</source>
      <translation>缩放 8888 %</translation>
    </message>
    <message>
      <extracomment>panels/thumbnail_grid.py</extracomment>
      <source>Thumbnails of the images</source>
      <translation>图像的缩略图</translation>
    </message>
    <message>
      <extracomment>panels/tour_card.py</extracomment>
      <source>Leave the tour</source>
      <translation>退出导览</translation>
    </message>
    <message>
      <extracomment>panels/tour_card.py</extracomment>
      <source>Tour, {count}: {title}</source>
      <translation>导览，{count}：{title}</translation>
    </message>
    <message>
      <extracomment>panels/training_charts.py</extracomment>
      <source>Loss</source>
      <translation>损失</translation>
    </message>
    <message>
      <extracomment>panels/training_charts.py</extracomment>
      <source>Mask mAP</source>
      <translation>掩膜 mAP</translation>
    </message>
    <message>
      <extracomment>panels/training_charts.py</extracomment>
      <source>no value yet</source>
      <translation>还没有数值</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_panel.py</extracomment>
      <source>Review {n} more images first: one to learn from and one to measure with.</source>
      <translation>
        <numerusform>请再审核 {n} 张图像：一张用来学习，一张用来衡量。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/training_panel.py</extracomment>
      <source>The current model stays active.</source>
      <translation>当前模型继续使用。</translation>
    </message>
    <message>
      <extracomment>panels/training_panel.py</extracomment>
      <source>Stopped. The current model stays active.</source>
      <translation>已停止。当前模型继续使用。</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_panel.py</extracomment>
      <source>Train on {n:,} reviewed images</source>
      <translation>
        <numerusform>用 {n:,} 张已审核的图像训练</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/training_panel.py</extracomment>
      <source>Preparing the data</source>
      <translation>正在准备数据</translation>
    </message>
    <message>
      <extracomment>panels/training_place.py</extracomment>
      <source>Train on the cluster</source>
      <translation>在集群上训练</translation>
    </message>
    <message>
      <extracomment>panels/training_place.py</extracomment>
      <source>{address}, from Settings, Model. The project must lie on storage that every machine of the cluster mounts at the same path. Unchecked: this computer trains.</source>
      <translation>{address}，来自“设置 &gt; 模型”。项目必须放在集群每台机器都以相同路径挂载的存储上。不勾选：由本机训练。</translation>
    </message>
    <message>
      <extracomment>panels/training_preset.py</extracomment>
      <source>as the preset</source>
      <translation>按预设</translation>
    </message>
    <message>
      <extracomment>panels/training_preset.py</extracomment>
      <source> min</source>
      <translation> 分钟</translation>
    </message>
    <message>
      <extracomment>panels/training_preset.py</extracomment>
      <source>How long the run takes, its measurements included.</source>
      <translation>训练的总时长，包括衡量所用的时间。</translation>
    </message>
    <message>
      <extracomment>panels/training_preset.py</extracomment>
      <source>Pr&amp;eset</source>
      <translation>预设(&amp;E)</translation>
    </message>
    <message>
      <extracomment>panels/training_preset.py</extracomment>
      <source>Time</source>
      <translation>时长</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>Make the new model the one that proposes.</source>
      <translation>让新模型来提出候选。</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>Whatever class</source>
      <translation>不计类别</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>&amp;Promote</source>
      <translation>采用(&amp;P)</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>&amp;Keep current</source>
      <translation>保留当前模型(&amp;K)</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>Leave everything as it was; the new model stays on the disk.</source>
      <translation>一切照旧；新模型留在磁盘上。</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>P&amp;ictures…</source>
      <translation>图像对比(&amp;I)…</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>See what the new model sees otherwise, side by side.</source>
      <translation>并排查看新模型的不同之处。</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>{name} is the active model now.</source>
      <translation>{name} 现在是当前模型。</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>before</source>
      <translation>之前</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>after</source>
      <translation>之后</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>change</source>
      <translation>变化</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_result.py</extracomment>
      <source>and {n} more classes</source>
      <translation>
        <numerusform>以及另外 {n} 个类别</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>It can still be used by hand: Model, Models…</source>
      <translation>仍可手动使用：模型 &gt; 模型列表…</translation>
    </message>
    <message>
      <extracomment>panels/training_result.py</extracomment>
      <source>{name} was promoted; {active} is the active model now.</source>
      <translation>{name} 曾被采用；现在使用的模型是 {active}。</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_run.py</extracomment>
      <source>First without {n} images, which then measure</source>
      <translation>
        <numerusform>先不用其中 {n} 张图像学习，再用它们评估</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Pass {epoch:,}</source>
      <translation>第 {epoch:,} 遍</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Progress of the training run</source>
      <translation>训练任务的进度</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>&amp;Finish now</source>
      <translation>立即完成(&amp;F)</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Learn a few last steps, then measure what was learned against the current model.</source>
      <translation>再学最后几步，然后与当前模型对比评估学到的内容。</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Show log</source>
      <translation>显示日志</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Log of the training run</source>
      <translation>训练任务的日志</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>{done:,} of {total:,} images are copied</source>
      <translation>已复制 {done:,} / {total:,} 张图像</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>{device} of {host}</source>
      <translation>{host} 的 {device}</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>{text} ({number} of {all})</source>
      <translation>{text}（第 {number} 次，共 {all} 次）</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>learning rate {rate:.2g}</source>
      <translation>学习率 {rate:.2g}</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Stopping…</source>
      <translation>正在停止…</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>All images are copied; the training is being started …</source>
      <translation>所有图像均已复制；正在启动训练…</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_run.py</extracomment>
      <source>{n:,} images to learn from, on {device}</source>
      <translation>
        <numerusform>学习 {n:,} 张图像，设备为 {device}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_run.py</extracomment>
      <source>{n:,} images to learn from, {others:,} to measure with, on {device}</source>
      <translation>
        <numerusform>在 {device} 上用 {n:,} 张图像学习，用 {others:,} 张图像衡量</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>{passes} on {device}</source>
      <translation>{passes}，设备 {device}</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>{duration} a pass</source>
      <translation>每遍 {duration}</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>memory {memory}</source>
      <translation>内存 {memory}</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Finishing…</source>
      <translation>正在完成…</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Training, {left} left</source>
      <translation>训练中，剩余 {left}</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Training, nearly done</source>
      <translation>训练中，即将完成</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Hide log</source>
      <translation>隐藏日志</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Looking at what has changed</source>
      <translation>正在查看有哪些变化</translation>
    </message>
    <message>
      <extracomment>panels/training_run.py</extracomment>
      <source>Measuring on the validation images</source>
      <translation>正在验证图像上衡量</translation>
    </message>
    <message>
      <extracomment>panels/training_stopped.py</extracomment>
      <source>&amp;Go on with it</source>
      <translation>继续训练(&amp;G)</translation>
    </message>
    <message>
      <extracomment>panels/training_stopped.py</extracomment>
      <source>Learns on from the images that the run began with; those that you have reviewed since are for the next run.</source>
      <translation>继续使用该任务开始时的图像学习；此后审核的图像用于下一次训练。</translation>
    </message>
    <message>
      <extracomment>panels/training_stopped.py</extracomment>
      <source>What it has learned so far is kept.</source>
      <translation>已学到的内容已保留。</translation>
    </message>
    <message>
      <extracomment>panels/training_stopped.py</extracomment>
      <source>It had kept nothing yet to go on with.</source>
      <translation>它还没有保存任何可以继续的内容。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>Quick</source>
      <translation>快速</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>Thorough</source>
      <translation>充分</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>See at once what your corrections bring.</source>
      <translation>马上看到修正带来的效果。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>A good model for the next hundred images.</source>
      <translation>为接下来的一百张图像准备好模型。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>For when the labelling is done.</source>
      <translation>适用于标注全部完成之后。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>Trains for at most {limit}. {purpose}</source>
      <translation>最多训练 {limit}。{purpose}</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>Mask mAP50 on the same validation images</source>
      <translation>同样验证图像上的掩膜 mAP50</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>Takes about {limit} in all, measuring included. {purpose}</source>
      <translation>总共约 {limit}，包括衡量。{purpose}</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>{hours} h {minutes:02d} min</source>
      <translation>{hours} 小时 {minutes:02d} 分</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>{hours} h</source>
      <translation>{hours} 小时</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>The new model is as good as the current one.</source>
      <translation>新模型与当前模型一样好。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>{measured}, after {time}.</source>
      <translation>{measured}，用时 {time}。</translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_words.py</extracomment>
      <source>Mask mAP50 on all {n} reviewed images, by both models as they were before they learned from them</source>
      <translation>
        <numerusform>掩膜 mAP50 取自全部 {n} 张已审核图像，两个模型都取学习这些图像之前的状态</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_words.py</extracomment>
      <source>Mask mAP50 on {n} of the {all} reviewed images, by both models as they were before they learned from them</source>
      <translation>
        <numerusform>掩膜 mAP50 取自 {all} 张已审核图像中的 {n} 张，两个模型都取学习这些图像之前的状态</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>panels/training_words.py</extracomment>
      <source>Mask mAP50 on the same {n} validation images</source>
      <translation>
        <numerusform>同样 {n} 张验证图像上的掩膜 mAP50</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>The new model has not learned enough yet: whatever the class, it finds less than the current one (mask mAP50 {now:.2f}, {then:.2f} before). Train longer, or review more images.</source>
      <translation>新模型学得还不够：不计类别，它找到的目标比当前模型少（掩膜 mAP50 {now:.2f}，之前 {then:.2f}）。请训练更久，或审核更多图像。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>The new model is ready; it could not be compared with the current one.</source>
      <translation>新模型已就绪；无法与当前模型对比。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>The new model is better: {change} mask mAP50-95.</source>
      <translation>新模型更好：掩膜 mAP50-95 {change}。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>The new model is not better: {change} mask mAP50-95.</source>
      <translation>新模型没有更好：掩膜 mAP50-95 {change}。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>By now the new one has learned from every reviewed image.</source>
      <translation>此后新模型又学习了每一张已审核的图像。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>So few say little: look at the pictures, or review more images.</source>
      <translation>图像这么少说明不了多少：请看图像对比，或审核更多图像。</translation>
    </message>
    <message>
      <extracomment>panels/training_words.py</extracomment>
      <source>The new model learned from these very images, which flatters it: none is kept for validation. Of the images that you review from now on, a share will be.</source>
      <translation>新模型正是从这些图像学习的，因此数字偏高：没有图像留作验证。今后审核的图像中会留出一部分。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>{shapes} taken over, on {images}.</source>
      <translation>已迁移 {shapes}，分布在 {images}上。</translation>
    </message>
    <message numerus="yes">
      <extracomment>session/creating.py</extracomment>
      <source>{n:,} of these images wait for your review, because they have labels that could not be used.</source>
      <translation>
        <numerusform>其中 {n:,} 张图像等待你审核，因为它们有无法使用的标注。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>No label of {name} belongs to these images.</source>
      <translation>{name} 中没有属于这些图像的标注。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>{folder} is a project already; nothing was changed.</source>
      <translation>{folder} 已是项目；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>Open it with Open folder.</source>
      <translation>请用“打开文件夹”打开它。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>{name} names no class.</source>
      <translation>{name} 没有列出类别。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>Type the names instead.</source>
      <translation>请改为直接输入名称。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>They wait for your review, image by image.</source>
      <translation>它们等待你逐张审核。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>They are reviewed: a model can be trained on them now.</source>
      <translation>它们已计为已审核：现在即可用来训练模型。</translation>
    </message>
    <message numerus="yes">
      <extracomment>session/creating.py</extracomment>
      <source>{n:,} images that have labels are not in the folder, the first: {names}.</source>
      <translation>
        <numerusform>有标注的 {n:,} 张图像不在文件夹中，例如：{names}。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <extracomment>session/creating.py</extracomment>
      <source>{n:,} labels could not be used, the first: {first}.</source>
      <translation>
        <numerusform>{n:,} 个标注无法使用，第一个：{first}。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>That was stopped, so {name} was not taken over.</source>
      <translation>已停止，因此没有导入 {name}。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>{name} cannot be read or written ({reason}).</source>
      <translation>无法读取或写入 {name}（{reason}）。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>{name} cannot be read as text.</source>
      <translation>{name} 无法作为文本读取。</translation>
    </message>
    <message>
      <extracomment>session/creating.py</extracomment>
      <source>Choose a data.yaml or a text file.</source>
      <translation>请选择 data.yaml 或文本文件。</translation>
    </message>
    <message>
      <extracomment>session/document.py</extracomment>
      <source>A job has changed the image meanwhile; your edits were put on top.</source>
      <translation>图像在此期间被任务改动；你的编辑已叠加在上面。</translation>
    </message>
    <message numerus="yes">
      <extracomment>session/document.py</extracomment>
      <source>A job has changed the image meanwhile; {n} of your edits no longer fitted and were dropped.</source>
      <translation>
        <numerusform>图像在此期间被任务改动；你的 {n} 处编辑已不适用，因此丢弃。</numerusform>
      </translation>
    </message>
    <message>
      <extracomment>session/document.py</extracomment>
      <source>No project is open.</source>
      <translation>没有打开项目。</translation>
    </message>
    <message>
      <extracomment>session/document.py</extracomment>
      <source>The step stays as it is: {reason}.</source>
      <translation>此步骤保持不变：{reason}。</translation>
    </message>
    <message>
      <extracomment>session/loader.py</extracomment>
      <source>could not be read ({reason})</source>
      <translation>无法读取（{reason}）</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>There are no images in {folder}.</source>
      <translation>{folder} 中没有图像。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>{path} does not exist.</source>
      <translation>{path} 不存在。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>Choose a folder of images or a project.</source>
      <translation>请选择图像文件夹或项目。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>The frames of {video} can become images; the video is only read.</source>
      <translation>可以把 {video} 的帧作为图像；视频只会被读取。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>Choose a folder with {suffixes} … files.</source>
      <translation>请选择含有 {suffixes} 等文件的文件夹。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>The project in {root} cannot be opened, and this folder has one of its own: {why}</source>
      <translation>{root} 中的项目无法打开，此文件夹有自己的项目：{why}</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>{why} It can only be looked at here; to change labels, close it there and open it here again.</source>
      <translation>{why}这里只能查看；要修改标注，请在那边关闭它，然后在这里重新打开。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>{why} It is open read-only here.</source>
      <translation>{why}在这里以只读方式打开。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>The sample cannot be copied to {folder} ({reason}).</source>
      <translation>示例无法复制到 {folder}（{reason}）。</translation>
    </message>
    <message>
      <extracomment>session/opening.py</extracomment>
      <source>Make room there, or open a folder of your own.</source>
      <translation>请在那里释放空间，或打开自己的文件夹。</translation>
    </message>
    <message>
      <extracomment>session/save_queue.py</extracomment>
      <source>Your last edits are not saved ({reason}); they are kept in memory.</source>
      <translation>最后的改动没有保存（{reason}）；改动保留在内存中。</translation>
    </message>
    <message>
      <extracomment>session/save_queue.py</extracomment>
      <source>Retry, and send the report if it happens again.</source>
      <translation>请重试；如再次发生，请发送报告。</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source># Settings

*File, Settings* (`Ctrl+,`). Every change holds at once. They are kept in `settings.json` in the
program's own folder, which `dynseg doctor` names; what belongs to a project is kept in the project.
</source>
      <translation># 设置

*文件 &gt; 设置*（`Ctrl+,`）。每次更改都立即生效。设置保存在程序自己的文件夹中的 `settings.json` 里，`dynseg doctor` 会指出其位置；属于项目的内容保存在项目中。
</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>{low:g} to {high:g}{unit}, default {default:g}{unit}</source>
      <translation>{low:g} 至 {high:g}{unit}，默认 {default:g}{unit}</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>setting</source>
      <translation>设置</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>what it does</source>
      <translation>作用</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>values</source>
      <translation>取值</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>on (default), off</source>
      <translation>开（默认）、关</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>on, off (default)</source>
      <translation>开、关（默认）</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>a text, default none</source>
      <translation>文本，默认为空</translation>
    </message>
    <message>
      <extracomment>settings/page.py</extracomment>
      <source>{label} (default)</source>
      <translation>{label}（默认）</translation>
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>These settings could not be used here and have defaults: {names}. A newer version of the program, if it wrote them, finds them as it left them.</source>
      <translation>这些设置在此处无法使用，已采用默认值：{names}。如果它们由较新版本的程序写入，较新版本会看到原来的值。</translation>
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>Your settings could not be written to {path}: {reason}.</source>
      <translation>设置无法写入 {path}：{reason}。</translation>
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>They hold until the program closes. Labels are not concerned.</source>
      <translation>设置在程序关闭之前有效。标注不受影响。</translation>
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>The settings in {path} could not be read ({reason}); defaults are used.</source>
      <translation>无法读取 {path} 中的设置（{reason}）；已改用默认值。</translation>
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>what the window remembered</source>
      <translation>窗口记住的内容</translation>
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>The settings file was damaged; defaults are used and the old file is kept as {name}.</source>
      <translation>设置文件已损坏；已改用默认值，原文件保存为 {name}。</translation>
    </message>
    <message>
      <extracomment>settings/store.py</extracomment>
      <source>The settings file was damaged; defaults are used and the old file could not be set aside.</source>
      <translation>设置文件已损坏；已改用默认值，原文件无法另存。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Look</source>
      <translation>外观</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Labelling</source>
      <translation>标注</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>For menus, messages and the guide. The window is rebuilt; you stay where you are.</source>
      <translation>菜单、消息和指南的语言。窗口会重新建立；当前位置保持不变。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Colours</source>
      <translation>配色</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Light or dark; the system's choice is followed while the program runs.</source>
      <translation>浅色或深色；程序运行时也会跟随系统的选择。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Fill of shapes</source>
      <translation>形状填充</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>How strongly the inside of a shape is tinted. 0 shows the outline alone.</source>
      <translation>形状内部着色的深浅。0 只显示轮廓。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Outlines only</source>
      <translation>仅轮廓</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Draw shapes without a fill, so that the image stays visible.</source>
      <translation>绘制形状时不填充，让图像保持可见。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Class names on the image</source>
      <translation>在图像上显示类别名称</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Which program's habits keys and wheel follow. F1 lists them; File, Keys changes single ones.</source>
      <translation>快捷键和滚轮遵循哪个程序的习惯。F1 列出全部；“文件 &gt; 自定义快捷键”可更改单个键。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Wheel zooms</source>
      <translation>滚轮缩放</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>The mouse wheel zooms at the cursor. Off: the wheel scrolls and Ctrl+wheel zooms.</source>
      <translation>鼠标滚轮以光标为中心缩放。关闭时：滚轮滚动，Ctrl+滚轮缩放。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Keep the zoom between images</source>
      <translation>切换图像时保持缩放</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Show the next image at the same place and size. Off: each image fits the window.</source>
      <translation>以相同的位置和大小显示下一张图像。关闭时：每张图像都适应窗口。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Copies follow the movement</source>
      <translation>复制的形状跟随运动</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Shapes that are copied from the previous image go to where their objects are now, as in the frames of a video. Off: they lie where they were.</source>
      <translation>从上一张图像复制的形状会移到目标现在所在的位置，适用于视频的帧。关闭：放在原来的位置。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Ask for the class of each new shape</source>
      <translation>每画一个新形状都询问类别</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>A list opens beside a shape as soon as it is drawn: letters find a class, Enter takes it, Esc keeps the current one. Off: new shapes get the current class.</source>
      <translation>形状画完后立即在旁边打开列表：输入字母查找类别，Enter 选定，Esc 保留当前类别。关闭时：新形状使用当前类别。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Pre-label an image when it opens</source>
      <translation>打开图像时自动预标注</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Runs the model on every unlabelled image that you open. Human work is never touched.</source>
      <translation>对打开的每张未标注图像运行模型。人工标注绝不会改动。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Proposals below this score are not shown. The slider in the panel Assist sets it too, without running the model again. Every project has its own.</source>
      <translation>得分低于此值的候选不显示。“辅助”面板中的滑块也会更改它，不必重新运行模型。每个项目各有自己的值。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>How far, in image pixels, a simplified outline may leave the model's. Smaller follows the edge more closely with more points.</source>
      <translation>简化后的轮廓与模型轮廓的最大偏差，以图像像素计。数值越小越贴合边缘，顶点也越多。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Where the model runs. Automatic takes the GPU when it works and says so when it does not. Of several GPUs all can train; the model runs on the first then.</source>
      <translation>模型在哪里运行。“自动”在 GPU 可用时使用它，不可用时会说明。有多个 GPU 时可以全部用于训练，此时模型在第一个上运行。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Cluster</source>
      <translation>集群</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Address of a Ray cluster that pre-labels folders and trains instead of this computer, HOST:6379; see the guide. Empty: this computer.</source>
      <translation>Ray 集群的地址（HOST:6379），由它代替本机预标注文件夹和训练；见指南。留空：使用本机。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Small objects</source>
      <translation>小目标</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Small objects are lost when the model sees all of an image at once. Tiles show them larger and take longer. A model that has learned from close-ups looks in tiles by itself; automatic cuts large images where labels or proposals are small. The built-in model looks twice, for sharper outlines, and takes two to four times as long; as a whole, or with an image size of your own, once.</source>
      <translation>模型一次看整幅图像时会漏掉小目标。分块查看能把它们放大，但耗时更长。用局部放大图训练过的模型会自动分块查看；“自动”会在标注或建议较小时对大图像分块。内置模型会看两次以得到更清晰的轮廓，耗时约为二到四倍；选择“整图”或自定图像尺寸时只看一次。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Outlines at edges</source>
      <translation>轮廓贴合边缘</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Outlines go to where the colours of an object and of its surroundings part. Switch it off where objects have no clear edge, such as smoke.</source>
      <translation>轮廓移到物体与周围颜色的分界处。物体没有清晰边缘时（例如烟雾）请关闭。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Image size</source>
      <translation>图像尺寸</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Longer side of what the model sees, in pixels. 0 is the size that it was trained with; larger finds smaller objects and takes longer.</source>
      <translation>模型所见图像的长边，以像素计。0 表示训练时的尺寸；更大能找到更小的目标，但耗时更长。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Overlap of objects</source>
      <translation>目标重叠</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Two boxes of one class that overlap more than this are taken for one object. Raise it where objects lie on each other, lower it where one object is found twice.</source>
      <translation>同一类别的两个框重叠超过此值时视为一个目标。目标相互叠压时调高，一个目标被找到两次时调低。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Most objects</source>
      <translation>最多目标数</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>How many objects of an image are kept at most; the surest ones stay.</source>
      <translation>每张图像最多保留多少个目标；保留最有把握的。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Half precision</source>
      <translation>半精度</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Compute in 16 bits where the device is faster that way. Off: 32 bits, to compare.</source>
      <translation>在支持更快的设备上用 16 位计算。关闭时：32 位，用于对比。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>How long a training run may take, and how large it sees the images at least.</source>
      <translation>一次训练任务最长的时间，以及图像的最小尺寸。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Time of a training</source>
      <translation>训练时长</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Minutes that a training run takes, measuring included. 0 leaves it to the preset.</source>
      <translation>一次训练所用的分钟数，包括衡量。0 表示按预设。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Learn while labelling</source>
      <translation>边标注边学习</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>From the second reviewed image on a model learns in the background and proposes on the images that you open. Takes spare processor time and about 2 GB of memory.</source>
      <translation>从第二张已审核的图像开始，模型在后台学习，并为打开的图像提出候选。使用空闲的处理器时间和约 2 GB 内存。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Share kept for validation</source>
      <translation>验证图像的比例</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Part of the reviewed images that no model trains on, so that models can be compared. An image keeps its place once it has one. While there are fewer than six, they train too once they have measured.</source>
      <translation>已审核图像中不参与训练的部分，使模型之间可以比较。图像的归属一旦确定就不再改变。不足六张时，它们评估之后也参与训练。</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>translation, interface, locale, Chinese, English</source>
      <translation>语种、中文、英文、汉语、界面语言、切换语言、翻译</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>color, theme, dark mode, night, skin, background</source>
      <translation>颜色、色彩、主题、皮肤、暗色、亮色、黑色、白色、深色模式、夜间模式、暗黑、背景</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>opacity, transparency, alpha, mask, colour, color</source>
      <translation>透明度、不透明度、颜色、掩膜、遮罩、蒙版、填充色</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>border, contour, mask, hide, polygon</source>
      <translation>边框、边界、线框、轮廓线、只显示轮廓、隐藏填充、遮罩、多边形</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>text, caption, tag, label, show</source>
      <translation>文字、标签、名字、标注名、显示标签、分数</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>shortcut, hotkey, keyboard, mouse, preset</source>
      <translation>热键、键盘、按键、键位、鼠标、预设</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>scroll, magnify, trackpad, touchpad</source>
      <translation>滚动、放大、缩小、触控板、触摸板</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>magnification, view, fit, position</source>
      <translation>放大、缩小、视图、比例、下一张、上一张</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>video, tracking, frames, propagate, interpolation, motion, previous image</source>
      <translation>视频, 跟踪, 追踪, 帧, 传播, 插值, 运动, 上一张</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>label, category, popup, dialog, choose</source>
      <translation>标签、分类、种类、弹出、弹窗、对话框、选择类别</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>automatic, inference, detection, annotate, predict, AI</source>
      <translation>自动标注、推理、预测、检测、识别、AI</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>threshold, probability, sensitivity</source>
      <translation>阈值、门限、分数、概率、可信度、灵敏度、建议</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>simplify, smooth, vertices, polygon, accuracy</source>
      <translation>简化、平滑、精细、精度、点数、多边形</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>graphics card, CUDA, NVIDIA, processor, speed</source>
      <translation>显卡、CUDA、NVIDIA、英伟达、处理器、加速、速度</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>server, remote, distributed, several computers</source>
      <translation>服务器、远程、分布式、多机</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>slices, patches, SAHI, tiny, large images</source>
      <translation>切片、切图、切块、大图、微小物体、小物体</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>border, snap, contour, boundary, GrabCut</source>
      <translation>边界、吸附、贴边、轮廓线、精细</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>resolution, input, imgsz, width</source>
      <translation>分辨率、输入尺寸、大小、宽度</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>duplicates, double, NMS, threshold</source>
      <translation>交并比、重复、去重、阈值、重叠度</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>limit, number, count, maximum</source>
      <translation>数量、上限、最大、个数、限制</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>fp16, float16, speed, memory</source>
      <translation>FP16、速度、显存、内存</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>fine-tune, epochs, duration, quality</source>
      <translation>微调、轮数、时长、质量、预设</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>duration, limit, budget</source>
      <translation>时间、限制、上限、多久</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>online, automatic, improve, incremental</source>
      <translation>在线学习、实时学习、自动训练、增量学习</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>split, test set, holdout, percentage</source>
      <translation>划分、测试集、验证集、训练集、拆分、百分比</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>labelme and X-AnyLabeling</source>
      <translation>labelme 和 X-AnyLabeling</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>CVAT</source>
      <translation>CVAT</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>CPU</source>
      <translation>CPU</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>First GPU (cuda:0)</source>
      <translation>第一个 GPU（cuda:0）</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>All GPUs to train</source>
      <translation>训练使用所有 GPU</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>As trained</source>
      <translation>按训练方式</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>As a whole</source>
      <translation>整图</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>In tiles</source>
      <translation>分块</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>As the model has it</source>
      <translation>按模型设定</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>Off</source>
      <translation>关</translation>
    </message>
    <message>
      <extracomment>settings/table.py</extracomment>
      <source>On</source>
      <translation>开</translation>
    </message>
  </context>
  <context>
    <name>engine</name>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Merge {0} into {1}</source>
      <translation>将 {0} 合并到 {1}</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Add class {0}</source>
      <translation>添加类别 {0}</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Add {0} classes</source>
      <translation>添加 {0} 个类别</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Rename {0} to {1}</source>
      <translation>将 {0} 重命名为 {1}</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Recolour class {0}</source>
      <translation>更改类别 {0} 的颜色</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Move class {0}</source>
      <translation>移动类别 {0}</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Delete class {0}</source>
      <translation>删除类别 {0}</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>A class needs a name; nothing was changed.</source>
      <translation>类别需要名称；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Give it a name.</source>
      <translation>请为它起一个名称。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>The name of a class has an unprintable character; nothing was changed.</source>
      <translation>类别名称中有不可打印的字符；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Give it a name in one line.</source>
      <translation>请使用单行的名称。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>The class {0}… has a name of {1} letters, and {2} are the most; nothing was changed.</source>
      <translation>类别“{0}…”的名称有 {1} 个字符，最多 {2} 个；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Give it a shorter name.</source>
      <translation>请取一个较短的名称。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>There is a class {0} already, so {1} keeps its name.</source>
      <translation>已经有名为 {0} 的类别，因此 {1} 保留原来的名称。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>To make one class of both, merge {0} into {1}.</source>
      <translation>如要合为一个类别，请将 {0} 合并到 {1}。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>A class cannot be merged into itself.</source>
      <translation>类别不能合并到自身。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>Choose another class.</source>
      <translation>请选择另一个类别。</translation>
    </message>
    <message>
      <extracomment>annotation/class_edits.py</extracomment>
      <source>The class is no longer in the project; nothing was changed.</source>
      <translation>该类别已不在项目中；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta speaks of shapes that are not there</source>
      <translation>增量记录提到了不存在的形状</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta speaks of other shapes</source>
      <translation>增量记录提到了其他形状</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a changed shape does not fit what it was</source>
      <translation>更改后的形状与原来的不符</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>the bytes of a delta cannot be read</source>
      <translation>增量记录的字节无法读取</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta does not have the size that was announced</source>
      <translation>增量记录的大小与声明不符</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a shape does not have the points that were announced</source>
      <translation>形状的点数与声明不符</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>the bytes of a shape end too early</source>
      <translation>形状的字节过早结束</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta is followed by something else</source>
      <translation>增量记录之后还有其他内容</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a delta has an unknown state</source>
      <translation>增量记录的状态未知</translation>
    </message>
    <message>
      <extracomment>annotation/codec.py</extracomment>
      <source>a part has no ring, or a ring has too few points</source>
      <translation>某个部分没有环，或环的点数太少</translation>
    </message>
    <message>
      <extracomment>annotation/delta.py</extracomment>
      <source>the delta starts from another state</source>
      <translation>增量记录的起始状态不同</translation>
    </message>
    <message>
      <extracomment>annotation/delta.py</extracomment>
      <source>the delta removes a shape that is not there</source>
      <translation>增量记录要移除不存在的形状</translation>
    </message>
    <message>
      <extracomment>annotation/delta.py</extracomment>
      <source>the delta adds a shape at a place that does not exist</source>
      <translation>增量记录要把形状添加到不存在的位置</translation>
    </message>
    <message>
      <extracomment>annotation/edits/base.py</extracomment>
      <source>The shape is no longer in the image.</source>
      <translation>该形状已不在图像中。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/base.py</extracomment>
      <source>A shape needs at least one piece.</source>
      <translation>形状至少需要一个部分。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>Select two shapes or more.</source>
      <translation>请选择两个或更多形状。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>Nothing would be left of the shape.</source>
      <translation>形状将不剩任何部分。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>The selected shapes have no holes.</source>
      <translation>选中的形状没有孔洞。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>The selected shapes are in one part.</source>
      <translation>选中的形状只有一个部分。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/combining.py</extracomment>
      <source>No other shape is near enough, or the borders fit already.</source>
      <translation>附近没有足够近的其他形状，或者边界已经贴合。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/shapes.py</extracomment>
      <source>This shape is already in the image.</source>
      <translation>此形状已在图像中。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The hole would leave nothing of the shape.</source>
      <translation>挖孔后形状将不剩任何部分。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The hole lies outside of the selected shape.</source>
      <translation>孔洞位于选中的形状之外。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The line does not cut through a shape.</source>
      <translation>这条线没有切穿任何形状。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>Draw it from side to side.</source>
      <translation>请从一侧画到另一侧。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>This piece of the shape is no longer there.</source>
      <translation>形状的这个部分已不存在。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The vertex is no longer there.</source>
      <translation>该顶点已不存在。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/strokes.py</extracomment>
      <source>The outline would cross itself.</source>
      <translation>轮廓会与自身相交。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>A shape needs at least three points.</source>
      <translation>形状至少需要三个点。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>Delete the whole shape instead.</source>
      <translation>请改为删除整个形状。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>The points would lie on one line.</source>
      <translation>这些点会落在一条直线上。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>Delete the piece if it is not wanted.</source>
      <translation>如果不需要这一部分，请将其删除。</translation>
    </message>
    <message>
      <extracomment>annotation/edits/vertices.py</extracomment>
      <source>A point has no finite position.</source>
      <translation>有一个点的位置不是有限数值。</translation>
    </message>
    <message>
      <extracomment>annotation/packing.py</extracomment>
      <source>the fields of shapes cannot be read</source>
      <translation>形状的字段无法读取</translation>
    </message>
    <message>
      <extracomment>annotation/packing.py</extracomment>
      <source>the points do not belong to these shapes</source>
      <translation>这些点不属于这些形状</translation>
    </message>
    <message>
      <extracomment>cluster/actor.py</extracomment>
      <source>cannot be fetched ({0})</source>
      <translation>无法下载（{0}）</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>{0} machines, {1} models of {2}</source>
      <translation>{0} 台机器，{1} 个模型（{2}）</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>a GPU each</source>
      <translation>每个模型一个 GPU</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>{0} cores each</source>
      <translation>每个模型 {0} 个核心</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>The cluster at {0} has no cores to run a model on; no label was changed.</source>
      <translation>位于 {0} 的集群没有可运行模型的核心；标注没有改动。</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Add a machine to it, or run without --ray.</source>
      <translation>请向集群添加机器，或不带 --ray 运行。</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Ray is not installed, so there is no way into a cluster.</source>
      <translation>没有安装 Ray，因此无法连接集群。</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Install it with `pip install dynseg-annotator[cluster]`.</source>
      <translation>请用 `pip install dynseg-annotator[cluster]` 安装。</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>No Ray cluster answers at {0}; no label was changed.</source>
      <translation>{0} 处没有 Ray 集群应答；标注没有改动。</translation>
    </message>
    <message>
      <extracomment>cluster/connection.py</extracomment>
      <source>Check the address and that the cluster runs the same version of Ray ({0}).</source>
      <translation>请检查地址，并确认集群运行的 Ray 版本相同（{0}）。</translation>
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>The cluster could not go on ({0}); images that were finished keep their proposals.</source>
      <translation>集群无法继续（{0}）；已完成的图像会保留候选。</translation>
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>Run the same again: it goes on where this one ended.</source>
      <translation>请再次执行同样的命令：它会从停下的地方继续。</translation>
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>Waiting for {0}</source>
      <translation>正在等待{0}</translation>
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>was answered with damaged data</source>
      <translation>返回的数据已损坏</translation>
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>Run the same again.</source>
      <translation>请再次执行同样的命令。</translation>
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>ray, {0} on {1}</source>
      <translation>ray，{0}，位于 {1}</translation>
    </message>
    <message>
      <extracomment>cluster/finding.py</extracomment>
      <source>was lost by the cluster</source>
      <translation>在集群中丢失</translation>
    </message>
    <message>
      <extracomment>cluster/storage.py</extracomment>
      <source>{0} cannot be read ({1}).</source>
      <translation>{0} 无法读取（{1}）。</translation>
    </message>
    <message>
      <extracomment>cluster/storage.py</extracomment>
      <source>Check the address and your access to it.</source>
      <translation>请检查地址和访问权限。</translation>
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>{0} is not there on this machine of the cluster.</source>
      <translation>集群的这台机器上没有 {0}。</translation>
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>Keep the project on storage that every machine mounts at the same path.</source>
      <translation>请把项目放在每台机器都以相同路径挂载的存储上。</translation>
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>The cluster gave the run {0} up ({1}); the active model is unchanged.</source>
      <translation>集群放弃了训练任务 {0}（{1}）；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>cluster/training.py</extracomment>
      <source>Resume it when the cluster is well again.</source>
      <translation>集群恢复正常后请继续该任务。</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>Repair shapes</source>
      <translation>修复形状</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>damaged image</source>
      <translation>图像损坏</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>same image in train and val</source>
      <translation>同一图像同时在 train 和 val 中</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>broken outline</source>
      <translation>轮廓损坏</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>outside the image</source>
      <translation>超出图像</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>tiny shape</source>
      <translation>形状过小</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>doubled shape</source>
      <translation>形状重复</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>overlapping shapes of one class</source>
      <translation>同类形状重叠</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>class without shapes</source>
      <translation>没有形状的类别</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>classes that look alike</source>
      <translation>看起来相似的类别</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>images that show nearly the same</source>
      <translation>几乎相同的图像</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>Checking</source>
      <translation>正在检查</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>shape {0} ({1}) {2} shape {3}{4}</source>
      <translation>形状 {0}（{1}）{2}形状 {3}{4}</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>new class</source>
      <translation>新类别</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>overlaps {0} with</source>
      <translation>有 {0} 重叠于</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>reaches {0} px out of the image</source>
      <translation>超出图像 {0} px</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>covers {0} pixels</source>
      <translation>只覆盖 {0} 个像素</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>is {0} x {1} pixels now, its labels are for {2} x {3}</source>
      <translation>现在是 {0} x {1} 像素，而标注是按 {2} x {3} 做的</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>shows nearly the same as {0}, and they are in {1}</source>
      <translation>与 {0} 几乎相同，且分别在 {1} 中</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>shows nearly the same as {0}</source>
      <translation>与 {0} 几乎相同</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>before repairs</source>
      <translation>修复之前</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>class {0} has no shape</source>
      <translation>类别 {0} 没有形状</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>classes {0} and {1} may be meant as one: merge them if they are</source>
      <translation>类别 {0} 和 {1} 可能指同一类：如果是，请合并它们</translation>
    </message>
    <message>
      <extracomment>curation/checks.py</extracomment>
      <source>is the same file as {0}, but {1}, not {2}</source>
      <translation>与 {0} 是同一个文件，但属于 {1}，而不是 {2}</translation>
    </message>
    <message>
      <extracomment>curation/likeness.py</extracomment>
      <source>Comparing images</source>
      <translation>正在比较图像</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>{0}, torch uses {1}{2}</source>
      <translation>{0}，torch 使用 {1}{2}</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>{0} GB free</source>
      <translation>可用 {0} GB</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>sudo apt install nvidia-driver-{0}   (Fedora: sudo dnf install akmod-nvidia), then restart</source>
      <translation>sudo apt install nvidia-driver-{0}   （Fedora：sudo dnf install akmod-nvidia），然后重启</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>, {0} of {1} GB of GPU memory free</source>
      <translation>，GPU 内存 {1} GB，空闲 {0} GB</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>no; the processor computes in 32 bits, which is slower</source>
      <translation>否；处理器以 32 位计算，速度较慢</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>memory</source>
      <translation>内存</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>{0}; training takes fewer images a step, and longer</source>
      <translation>{0}；训练每一步使用的图像会更少，时间更长</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>device</source>
      <translation>设备</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>cores</source>
      <translation>核心</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>there is an NVIDIA GPU, but torch is a build for processors only</source>
      <translation>有 NVIDIA 的 GPU，但 torch 是仅用于处理器的版本</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>uv pip install --reinstall --torch-backend auto torch torchvision</source>
      <translation>uv pip install --reinstall --torch-backend auto torch torchvision</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>Kernel Module.*?\s(\d+\.[\d.]+)</source>
      <translation>Kernel Module.*?\s(\d+\.[\d.]+)</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>install --force-reinstall torch torchvision</source>
      <translation>install --force-reinstall torch torchvision</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>gpus</source>
      <translation>GPU</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>{0} can train together: --device {1}</source>
      <translation>{0} 个 GPU 可以一起训练：--device {1}</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>cpu bf16</source>
      <translation>CPU bf16</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>yes</source>
      <translation>是</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>gpu</source>
      <translation>GPU</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>there is a GPU of NVIDIA, and no driver for it</source>
      <translation>有 NVIDIA 的 GPU，但没有驱动</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>Build the bundle with: python packaging/build.py bundle --torch default</source>
      <translation>请用以下命令构建程序包：python packaging/build.py bundle --torch default</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>the driver {0} is too old for CUDA {1}, which asks for {2} or newer</source>
      <translation>驱动 {0} 对 CUDA {1} 来说太旧，需要 {2} 或更新版本</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>none: the model cannot run ({0})</source>
      <translation>无：模型无法运行（{0}）</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>CUDA_VISIBLE_DEVICES hides every GPU</source>
      <translation>CUDA_VISIBLE_DEVICES 隐藏了所有 GPU</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>the driver {0} is there, and CUDA does not start</source>
      <translation>驱动 {0} 已安装，但 CUDA 无法启动</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>unset CUDA_VISIBLE_DEVICES</source>
      <translation>unset CUDA_VISIBLE_DEVICES</translation>
    </message>
    <message>
      <extracomment>doctor/device.py</extracomment>
      <source>nvidia-smi   says more; a restart often helps</source>
      <translation>nvidia-smi   会给出更多信息；重启往往有效</translation>
    </message>
    <message>
      <extracomment>doctor/examination.py</extracomment>
      <source>settings folder</source>
      <translation>设置文件夹</translation>
    </message>
    <message>
      <extracomment>doctor/examination.py</extracomment>
      <source>could not be looked at ({0}: {1})</source>
      <translation>无法检查（{0}：{1}）</translation>
    </message>
    <message>
      <extracomment>doctor/extensions.py</extracomment>
      <source>{0}   shows its package; update or uninstall it</source>
      <translation>{0}   会显示它所属的包；请更新或卸载</translation>
    </message>
    <message>
      <extracomment>doctor/extensions.py</extracomment>
      <source>plug-ins</source>
      <translation>插件</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>{0} yolo11{1}-seg, {2} M parameters, hash right</source>
      <translation>{0} yolo11{1}-seg，{2} M 参数，校验正确</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>sudo chown -R "$USER" "{0}" &amp;&amp; chmod -R u+rwX "{0}"</source>
      <translation>sudo chown -R "$USER" "{0}" &amp;&amp; chmod -R u+rwX "{0}"</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>{0} GB free in {1}</source>
      <translation>{1} 中有 {0} GB 空闲</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>install --force-reinstall --no-deps dynseg-annotator</source>
      <translation>install --force-reinstall --no-deps dynseg-annotator</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>Unpack the program again: a part of its folder is missing or damaged.</source>
      <translation>请重新解压程序：其文件夹的一部分缺失或损坏。</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>{0}   or set DYNSEG_CONFIG_DIR to another folder</source>
      <translation>{0}   或将 DYNSEG_CONFIG_DIR 设为其他文件夹</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>icacls "{0}" /grant "{1}:(OI)(CI)F" /T</source>
      <translation>icacls "{0}" /grant "{1}:(OI)(CI)F" /T</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>working folder</source>
      <translation>工作文件夹</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>temporary folder</source>
      <translation>临时文件夹</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>starter model</source>
      <translation>起始模型</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>project's disk</source>
      <translation>项目所在磁盘</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>start ms-settings:storagesense   says what takes it</source>
      <translation>start ms-settings:storagesense   可查看占用空间的内容</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>program files</source>
      <translation>程序文件</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>missing: {0}</source>
      <translation>缺失：{0}</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>all there</source>
      <translation>完整</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>is missing</source>
      <translation>缺失</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>{0} cannot be written</source>
      <translation>{0} 无法写入</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>the disk is full: {0}</source>
      <translation>磁盘已满：{0}</translation>
    </message>
    <message>
      <extracomment>doctor/places.py</extracomment>
      <source>Training needs some GB: free space first.</source>
      <translation>训练需要数 GB：请先释放空间。</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>dynseg restore "{0}" newest</source>
      <translation>dynseg restore "{0}" newest</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>dynseg init "{0}" --images "{0}"</source>
      <translation>dynseg init "{0}" --images "{0}"</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0}   or copy the project to a disk of your own</source>
      <translation>{0}   或把项目复制到自己的磁盘</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} cannot be written: the project opens read-only</source>
      <translation>{0} 无法写入：项目以只读方式打开</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} cannot be read: {1}</source>
      <translation>{0} 无法读取：{1}</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>dynseg models "{0}" promote starter</source>
      <translation>dynseg models "{0}" promote starter</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>active model</source>
      <translation>当前模型</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>project</source>
      <translation>项目</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} is no project</source>
      <translation>{0} 不是项目</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>project folder</source>
      <translation>项目文件夹</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} can be written</source>
      <translation>{0} 可以写入</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>database</source>
      <translation>数据库</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>{0} images, every row as it was written</source>
      <translation>{0} 张图像，每一行都与写入时一致</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>images</source>
      <translation>图像</translation>
    </message>
    <message>
      <extracomment>doctor/project.py</extracomment>
      <source>Replace the files, then press F5 in the window.</source>
      <translation>请替换这些文件，然后在窗口中按 F5。</translation>
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>from PySide6.QtGui import QGuiApplication, QImage
application = QGuiApplication(['doctor'])
print(QImage(8, 8, QImage.Format.Format_RGB32).width())
</source>
      <translation>from PySide6.QtGui import QGuiApplication, QImage
application = QGuiApplication(['doctor'])
print(QImage(8, 8, QImage.Format.Format_RGB32).width())
</translation>
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>sudo apt install {0}   (Fedora, RHEL: sudo dnf install {1})</source>
      <translation>sudo apt install {0}   （Fedora、RHEL：sudo dnf install {1}）</translation>
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>Qt ended with status {0}</source>
      <translation>Qt 以状态 {0} 结束</translation>
    </message>
    <message>
      <extracomment>doctor/qt_libraries.py</extracomment>
      <source>Qt could not be started ({0})</source>
      <translation>Qt 无法启动（{0}）</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} overwrite each other's files</source>
      <translation>{0} 会互相覆盖文件</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} ends the window on Python {1} after a while</source>
      <translation>{0} 在 Python {1} 上运行一段时间后会使窗口退出</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>python</source>
      <translation>Python</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install --force-reinstall --no-deps opencv-python</source>
      <translation>install --force-reinstall --no-deps opencv-python</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install "PySide6-Essentials&lt;6.12" "shiboken6&lt;6.12"</source>
      <translation>install "PySide6-Essentials&lt;6.12" "shiboken6&lt;6.12"</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install --upgrade apsw</source>
      <translation>install --upgrade apsw</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>packages</source>
      <translation>软件包</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>a bundle, which brings its own</source>
      <translation>程序包，自带所需组件</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>opencv</source>
      <translation>OpenCV</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>PySide6-Essentials</source>
      <translation>PySide6-Essentials</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>install --force-reinstall apsw</source>
      <translation>install --force-reinstall apsw</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>sqlite</source>
      <translation>SQLite</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} can damage a database</source>
      <translation>{0} 可能损坏数据库</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>is not installed</source>
      <translation>未安装</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>cannot be loaded ({0})</source>
      <translation>无法加载（{0}）</translation>
    </message>
    <message>
      <extracomment>doctor/software.py</extracomment>
      <source>{0} is older than {1}</source>
      <translation>{0} 早于 {1}</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>{0} points at {1} Qt: {2}</source>
      <translation>{0} 指向{1} Qt：{2}</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>another program's</source>
      <translation>其他程序的</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>display</source>
      <translation>显示器</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>none in this session; the window needs one</source>
      <translation>此会话中没有显示器；窗口需要显示器</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>window libraries</source>
      <translation>窗口库</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>qt</source>
      <translation>Qt</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>starts</source>
      <translation>启动</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>qt plug-ins</source>
      <translation>Qt 插件</translation>
    </message>
    <message>
      <extracomment>doctor/window.py</extracomment>
      <source>missing{0}: {1}</source>
      <translation>缺失{0}：{1}</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>was taken out of the project meanwhile</source>
      <translation>其间已从项目中移除</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>{0} cannot be read: the project's database is damaged there</source>
      <translation>{0}无法读取：项目数据库在该处损坏</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>{0}: {1} cannot be read, because the project's database is damaged there.</source>
      <translation>{0}：{1}无法读取，因为项目数据库在该处损坏。</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>Other images are not affected. Run: dynseg check PROJECT, or restore a backup.</source>
      <translation>其他图像不受影响。请运行：dynseg check PROJECT，或恢复备份。</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>The project was closed meanwhile, so nothing was changed.</source>
      <translation>项目已在此期间关闭，因此没有任何更改。</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>Open it again.</source>
      <translation>请重新打开。</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>The project has no image with number {0}.</source>
      <translation>项目没有编号为 {0} 的图像。</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>The drive or network folder of {0} is not there, so the last change is not saved.</source>
      <translation>{0} 所在的驱动器或网络文件夹不在，因此最后一次更改未保存。</translation>
    </message>
    <message>
      <extracomment>errors.py</extracomment>
      <source>Connect it again, then retry: what was saved is safe there, and the change is kept in memory until then.</source>
      <translation>请重新连接，然后重试：已保存的内容在那里是安全的，在此之前更改保留在内存中。</translation>
    </message>
    <message>
      <extracomment>extension.py</extracomment>
      <source>{0} cannot be loaded ({1}: {2})</source>
      <translation>{0} 无法加载（{1}：{2}）</translation>
    </message>
    <message>
      <extracomment>files.py</extracomment>
      <source>Choose a folder that you may write to, or close the programs that have files of this one open.</source>
      <translation>请选择一个你有写入权限的文件夹，或关闭正在使用此文件夹中文件的程序。</translation>
    </message>
    <message>
      <extracomment>files.py</extracomment>
      <source>Get the right to write there, or close the other programs that read the project, then try again.</source>
      <translation>请取得那里的写入权限，或关闭正在读取该项目的其他程序，然后重试。</translation>
    </message>
    <message>
      <extracomment>files.py</extracomment>
      <source>Check the folder and the free space of its disk.</source>
      <translation>请检查该文件夹及其所在磁盘的可用空间。</translation>
    </message>
    <message>
      <extracomment>formats/coco/__init__.py</extracomment>
      <source>COCO JSON</source>
      <translation>COCO JSON</translation>
    </message>
    <message>
      <extracomment>formats/coco/__init__.py</extracomment>
      <source>One JSON file a split; what Detectron2, MMDetection and pycocotools read.</source>
      <translation>每个子集一个 JSON 文件；Detectron2、MMDetection 和 pycocotools 使用的格式。</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>marks a crowd; taken in as one shape</source>
      <translation>标记为群体（crowd）；作为一个形状导入</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has key points of images that another file has shapes of; not used</source>
      <translation>含有关键点，而另一文件含有这些图像的形状；未使用</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has category {0}, which is not listed</source>
      <translation>类别 {0} 未在文件中列出</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>is a box, not a polygon; kept as a rectangle</source>
      <translation>是框而不是多边形；保留为矩形</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has neither a shape nor a box</source>
      <translation>既没有形状也没有框</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has neither shapes nor boxes, as one of captions; not used</source>
      <translation>既没有形状也没有边框，像是图像描述文件；未使用</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>is for an image that the file does not list; not used</source>
      <translation>所属的图像不在文件中；未使用</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has no id and name of its own; not used</source>
      <translation>没有自己的 id 和 name；未使用</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has no id and file_name of its own; not used</source>
      <translation>没有自己的 id 和 file_name；未使用</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has a number or text that cannot be read</source>
      <translation>含有无法读取的数值或文本</translation>
    </message>
    <message>
      <extracomment>formats/coco/reader.py</extracomment>
      <source>has no list of images; not used</source>
      <translation>没有图像列表；未使用</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>CVAT 1.1 XML</source>
      <translation>CVAT 1.1 XML</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>One XML file for a task or project, for images or for video.</source>
      <translation>整个任务或项目一个 XML 文件，用于图像或视频。</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>declares a document type or entities, which no label file needs; not read</source>
      <translation>声明了标注文件不需要的文档类型或实体；未读取</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is not valid XML ({0})</source>
      <translation>不是有效的 XML（{0}）</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>cannot be read ({0})</source>
      <translation>无法读取（{0}）</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>{0}; they are not taken over</source>
      <translation>{0}；未予导入</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>has the tags {0}</source>
      <translation>带有标签 {0}</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>has attributes at {0} of its shapes</source>
      <translation>有 {0} 个形状带有属性</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>calls {0} of its shapes occluded</source>
      <translation>其中 {0} 个形状标为被遮挡</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a {0} without a label</source>
      <translation>是没有标签的 {0}</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is of the kind {0}, which has no area</source>
      <translation>属于 {0} 类型，没有面积</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is {0}; kept as {1}</source>
      <translation>是{0}；保留为{1}</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>has a point that is not a pair of numbers</source>
      <translation>有一个点不是一对数值</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a mask without a box</source>
      <translation>是没有框的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a mask that reaches out of the image</source>
      <translation>是超出图像的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>has a run length that is not a whole number from 0 on</source>
      <translation>有一个游程不是从 0 起的整数</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>it is nested too deeply</source>
      <translation>嵌套过深</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>a box, not a polygon</source>
      <translation>框，不是多边形</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>an ellipse</source>
      <translation>椭圆</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is in no frame; not used</source>
      <translation>不在任何帧中；未使用</translation>
    </message>
    <message>
      <extracomment>formats/cvat.py</extracomment>
      <source>is a track: what lies between its key frames is not in the file</source>
      <translation>是轨迹：关键帧之间的内容不在文件中</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>has no list of annotations; not used</source>
      <translation>没有标注列表；未采用</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>is a mask without its pixels or its place</source>
      <translation>是缺少像素或位置的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>V7 Darwin JSON</source>
      <translation>V7 Darwin JSON</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>One JSON file an image, as V7 writes it: polygons with holes, masks, boxes, ellipses.</source>
      <translation>每张图像一个 JSON 文件，与 V7 写出的相同：带孔的多边形、掩膜、框、椭圆。</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>has tags or descriptions; they are not taken over</source>
      <translation>含有标签（tags）或描述；不予导入</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>has no label</source>
      <translation>没有标签</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>is of a video; its frames are not taken over</source>
      <translation>属于视频；其各帧不会导入</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>is in another slot than the first; not taken over</source>
      <translation>不在第一个槽位（slot）中；不会导入</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>is an ellipse; kept as a polygon</source>
      <translation>是椭圆；保留为多边形</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>has no list of points</source>
      <translation>没有点列表</translation>
    </message>
    <message>
      <extracomment>formats/darwin.py</extracomment>
      <source>is a mask of another size than its image</source>
      <translation>是与图像大小不同的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>has no list of items; not used</source>
      <translation>没有条目（items）列表；未采用</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>Datumaro JSON</source>
      <translation>Datumaro JSON</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>One JSON file a subset, as Datumaro and CVAT write it: polygons, masks, boxes.</source>
      <translation>每个子集一个 JSON 文件，与 Datumaro 和 CVAT 写出的相同：多边形、掩膜、框。</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>has tags or captions; they are not taken over</source>
      <translation>含有整图标签或说明；不会导入</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>has label {0}, which is not listed</source>
      <translation>的标签 {0} 未在列表中</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>is an ellipse of other than 2 points</source>
      <translation>是点数不为 2 的椭圆</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>is the box of another shape in its group; left out</source>
      <translation>是同组另一形状的框；已略去</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>names no image; not used</source>
      <translation>没有指明图像；未使用</translation>
    </message>
    <message>
      <extracomment>formats/datumaro.py</extracomment>
      <source>is of the unknown kind {0}</source>
      <translation>种类 {0} 未知</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>Unpack it with another program and give the folder.</source>
      <translation>请用其他程序解压，再选择解压后的文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>{0} is no file</source>
      <translation>{0} 不是文件</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>a header is larger than any</source>
      <translation>有一个文件头大得不合理</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>{0} has more than {1} files; not unpacked.</source>
      <translation>{0} 包含超过 {1} 个文件；未解压。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>{0} grows over {1} times; not unpacked.</source>
      <translation>{0} 解压后会增大 {1} 倍以上；未解压。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>{0} unpacks to over {1} GB; not unpacked.</source>
      <translation>{0} 解压后超过 {1} GB；未解压。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>{0} holds {1} and {2}, which are one file here; not unpacked.</source>
      <translation>{0} 含有 {1} 和 {2}，在此磁盘上它们是同一个文件；未解压。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>Rename one of them in the archive, then try again.</source>
      <translation>请在压缩包中重命名其中一个，然后重试。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>{0} cannot be unpacked ({1}).</source>
      <translation>{0} 无法解压（{1}）。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/archive.py</extracomment>
      <source>{0} at byte {1}</source>
      <translation>第 {1} 字节处：{0}</translation>
    </message>
    <message>
      <extracomment>formats/incoming/capacity.py</extracomment>
      <source>needs about {0} GB of memory to be read, and {1} GB are free; not read. Close other programs, or export it in parts</source>
      <translation>读取约需 {0} GB 内存，而可用内存为 {1} GB；未读取。请关闭其他程序，或分成几部分导出</translation>
    </message>
    <message>
      <extracomment>formats/incoming/capacity.py</extracomment>
      <source>is larger than {0} GB; not read. Export it in parts</source>
      <translation>大于 {0} GB；未读取。请分成几部分导出</translation>
    </message>
    <message>
      <extracomment>formats/incoming/class_names.py</extracomment>
      <source>marks what labelme ignores; it is no class, so the shape is left out</source>
      <translation>在 labelme 中标记应忽略的区域；它不是类别，因此该形状不导入</translation>
    </message>
    <message>
      <extracomment>formats/incoming/class_names.py</extracomment>
      <source>marks background in labelme; it is no class, so the shape is left out</source>
      <translation>在 labelme 中标记背景；它不是类别，因此该形状不导入</translation>
    </message>
    <message>
      <extracomment>formats/incoming/class_names.py</extracomment>
      <source>marks background in ISAT; it is no class, so the shape is left out</source>
      <translation>在 ISAT 中表示背景；它不是类别，因此略去该形状</translation>
    </message>
    <message>
      <extracomment>formats/incoming/class_names.py</extracomment>
      <source>The labels use class {0}, the classes of the project end at {1}, and the source does not name its classes; nothing was imported.</source>
      <translation>标注使用了类别 {0}，而项目的类别到 {1} 为止，来源也没有类别名称；没有导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/class_names.py</extracomment>
      <source>Put a classes.txt with one name a line beside the labels.</source>
      <translation>请在标注旁放一个 classes.txt，每行一个名称。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>before an import</source>
      <translation>导入之前</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>says {0} x {1} pixels, but its shapes lie as on {2} x {3}</source>
      <translation>写的尺寸是 {0} x {1} 像素，但其形状的位置与 {2} x {3} 相符</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>Reading the labels</source>
      <translation>正在读取标注</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>was labelled at {0} x {1} pixels; scaled to {2} x {3}, look whether its shapes fit</source>
      <translation>标注时的尺寸为 {0} x {1} 像素；已缩放到 {2} x {3}，请检查形状是否吻合</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>its image has got another size since the labels were read; import again</source>
      <translation>读取标注之后，其图像的尺寸变了；请重新导入</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>its image is {0} already; nothing was added to it</source>
      <translation>其图像已是{0}；没有添加任何内容</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>its image was changed while the labels were read; import again</source>
      <translation>读取标注期间其图像有改动；请重新导入</translation>
    </message>
    <message>
      <extracomment>formats/incoming/importing.py</extracomment>
      <source>{0}; they are not scaled, look whether they fit</source>
      <translation>{0}；形状没有缩放，请检查是否吻合</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>has numbers that are not finite, such as NaN: {0}; what needs them is not used</source>
      <translation>含有非有限数值（如 NaN）：{0} 个；用到它们的内容不采用</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>is not an object</source>
      <translation>不是对象</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>has a coordinate that is not a finite number</source>
      <translation>有一个坐标不是有限数值</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>has something that is not a number</source>
      <translation>含有不是数值的内容</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>has a coordinate far outside of any image</source>
      <translation>有一个坐标远在图像之外</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>has an odd number of coordinates</source>
      <translation>坐标的个数是奇数</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>is a box without an area</source>
      <translation>是没有面积的框</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>is an ellipse without an area</source>
      <translation>是没有面积的椭圆</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>is nested too deeply; not read</source>
      <translation>嵌套过深；未读取</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>is not valid JSON ({0})</source>
      <translation>不是有效的 JSON（{0}）</translation>
    </message>
    <message>
      <extracomment>formats/incoming/json_file.py</extracomment>
      <source>is empty or no JSON; not used</source>
      <translation>是空的或不是 JSON；未使用</translation>
    </message>
    <message>
      <extracomment>formats/incoming/listing.py</extracomment>
      <source>is a link that leads out of the source; not read</source>
      <translation>是指向来源之外的链接；未读取</translation>
    </message>
    <message>
      <extracomment>formats/incoming/listing.py</extracomment>
      <source>{0} does not exist; nothing was imported.</source>
      <translation>{0} 不存在；没有导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/listing.py</extracomment>
      <source>Check the path for a typing error.</source>
      <translation>请检查路径是否有误。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/listing.py</extracomment>
      <source>{0} holds more than {1} files; nothing was imported.</source>
      <translation>{0} 包含超过 {1} 个文件；没有导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/listing.py</extracomment>
      <source>Give the folder of the labels alone.</source>
      <translation>请只选择存放标注的文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/incoming/long_names.py</extracomment>
      <source>names a class with {0} letters; it is called {1}</source>
      <translation>类别名称有 {0} 个字符；此处称为 {1}</translation>
    </message>
    <message>
      <extracomment>formats/incoming/mask_file.py</extracomment>
      <source>is a mask of {0} x {1} pixels, not {2} x {3}</source>
      <translation>是 {0} x {1} 像素的掩膜，而不是 {2} x {3}</translation>
    </message>
    <message>
      <extracomment>formats/incoming/mask_file.py</extracomment>
      <source>is a mask that cannot be read</source>
      <translation>是无法读取的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/incoming/mask_file.py</extracomment>
      <source>is larger than {0} MB</source>
      <translation>大于 {0} MB</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>its image {0} is called {1} now, as its copy here shows</source>
      <translation>它的图像 {0} 现在名为 {1}，由此处的副本可知</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>its image {0} is not in the project; not used</source>
      <translation>其图像 {0} 不在项目中；未使用</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>its image is {0} x {1} pixels, {2} of the project is </source>
      <translation>其图像为 {0} x {1} 像素，项目中的图像为 {2}</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>{0}{1} x {2}; not used</source>
      <translation>{0}{1} x {2}；未使用</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>{0}; if the image was renamed, name this file alike</source>
      <translation>{0}；如果图像改了名，请把此文件改成相同的名称</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>{0} {1}; not used</source>
      <translation>{0}{1}；未使用</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>could be for any of {0} images of that name; not used</source>
      <translation>可能属于 {0} 张同名图像中的任意一张；未使用</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>is not in the project and has no labels</source>
      <translation>不在项目中，也没有标注</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>another label file is for {0} as well; not used</source>
      <translation>另有一个标注文件也属于 {0}；未使用</translation>
    </message>
    <message>
      <extracomment>formats/incoming/matching.py</extracomment>
      <source>; to have the labels of both, import one file after the other</source>
      <translation>；若要两者的标注，请逐个导入这些文件</translation>
    </message>
    <message>
      <extracomment>formats/incoming/merging.py</extracomment>
      <source>has no class, and the source has several</source>
      <translation>没有类别，而来源中有多个类别</translation>
    </message>
    <message>
      <extracomment>formats/incoming/merging.py</extracomment>
      <source>{0}; dropped</source>
      <translation>{0}；已丢弃</translation>
    </message>
    <message>
      <extracomment>formats/incoming/merging.py</extracomment>
      <source>is in the project already</source>
      <translation>已在项目中</translation>
    </message>
    <message>
      <extracomment>formats/incoming/merging.py</extracomment>
      <source>is the same shape as an earlier one</source>
      <translation>与前面的形状相同</translation>
    </message>
    <message>
      <extracomment>formats/incoming/merging.py</extracomment>
      <source>is there already as the work of a person</source>
      <translation>已作为人工标注存在</translation>
    </message>
    <message>
      <extracomment>formats/incoming/object_map.py</extracomment>
      <source>has {0} different values; not a mask of objects</source>
      <translation>有 {0} 种不同的值；不是目标的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>crosses itself more than {0} times; not an outline</source>
      <translation>自相交超过 {0} 次；不是轮廓</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>{0} of its pieces have fewer than 3 points; left out</source>
      <translation>有 {0} 个部分的点少于 3 个；已略去</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>reaches out of the image; cut at its border</source>
      <translation>超出图像；已在边界处裁切</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>has fewer than 3 different points</source>
      <translation>不同的点少于 3 个</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>lies outside the image for the most part</source>
      <translation>大部分位于图像之外</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>is a mask without a pixel in the image</source>
      <translation>是在图像中没有像素的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>is a mask of {0} pieces and holes; more than {1} are taken for noise. Remove the specks where the mask was made and import it again</source>
      <translation>是由 {0} 个碎块和孔洞组成的掩膜；超过 {1} 个即视为噪声。请在制作掩膜的程序中去除斑点，然后重新导入</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>has pieces that overlap or touch; joined</source>
      <translation>各部分重叠或相接；已合并</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>nothing is left after a repair</source>
      <translation>修复后不剩任何内容</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>covers nothing of the image</source>
      <translation>没有覆盖图像的任何部分</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>has points outside the image; moved to the border</source>
      <translation>有点位于图像之外；已移到边界</translation>
    </message>
    <message>
      <extracomment>formats/incoming/reading.py</extracomment>
      <source>joins {0} outlines by bridges; taken apart</source>
      <translation>用桥连接了 {0} 个轮廓；已拆开</translation>
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>has no list of objects; not used</source>
      <translation>没有目标列表；未使用</translation>
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>ISAT JSON</source>
      <translation>ISAT JSON</translation>
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>One JSON file an image, as ISAT with segment anything writes it.</source>
      <translation>每张图像一个 JSON 文件，与 ISAT with segment anything 写出的相同。</translation>
    </message>
    <message>
      <extracomment>formats/isat.py</extracomment>
      <source>has no category</source>
      <translation>没有类别</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has {0} answers; only one is used</source>
      <translation>有 {0} 份答案；只使用一份</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>Label Studio JSON</source>
      <translation>Label Studio JSON</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>The JSON export of image tasks: polygons, masks, rectangles.</source>
      <translation>图像任务导出的 JSON：多边形、掩膜、矩形。</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has {0}; not taken over</source>
      <translation>含有 {0}；不会导入</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>was drawn on the image turned</source>
      <translation>是在旋转后的图像上绘制的</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has no data; not used</source>
      <translation>没有数据；未使用</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has predictions of a model; not used</source>
      <translation>含有模型的预测；未使用</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has no answer; not used</source>
      <translation>没有答案；未使用</translation>
    </message>
    <message>
      <extracomment>formats/label_studio.py</extracomment>
      <source>has pixels in the unknown form {0}</source>
      <translation>像素的编码形式 {0} 未知</translation>
    </message>
    <message>
      <extracomment>formats/labelmap/__init__.py</extracomment>
      <source>Label images</source>
      <translation>标签图</translation>
    </message>
    <message>
      <extracomment>formats/labelmap/__init__.py</extracomment>
      <source>A 16-bit PNG an image, its objects numbered from 1, and their classes in objects.csv; for CellProfiler, scikit-image and Cellpose.</source>
      <translation>每张图像一个 16 位 PNG，其中目标从 1 开始编号，类别在 objects.csv 中；适用于 CellProfiler、scikit-image 和 Cellpose。</translation>
    </message>
    <message>
      <extracomment>formats/labelme/__init__.py</extracomment>
      <source>labelme and X-AnyLabeling JSON</source>
      <translation>labelme 和 X-AnyLabeling JSON</translation>
    </message>
    <message>
      <extracomment>formats/labelme/__init__.py</extracomment>
      <source>One JSON file beside each image, as labelme and X-AnyLabeling open it; labels alone lie as your images do, to be copied over their folder.</source>
      <translation>每张图像旁一个 JSON 文件，labelme 和 X-AnyLabeling 可直接打开；仅导出标注时，文件按图像所在的文件夹存放，可复制到图像文件夹中。</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>has no list of shapes; not used</source>
      <translation>没有形状列表；未使用</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>has a shape type that is no text</source>
      <translation>形状类型不是文本</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is {0}, which has no area</source>
      <translation>是 {0}，没有面积</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a circle; kept as a polygon</source>
      <translation>是圆；保留为多边形</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a box of neither 2 nor 4 points</source>
      <translation>是框，但点数既不是 2 也不是 4</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a mask far outside the image</source>
      <translation>是远在图像之外的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a mask larger than its image</source>
      <translation>是大于所属图像的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>is a circle without a radius</source>
      <translation>是没有半径的圆</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>has the flags {0}</source>
      <translation>带有标记 {0}</translation>
    </message>
    <message>
      <extracomment>formats/labelme/reader.py</extracomment>
      <source>has flags or descriptions at {0} of its shapes</source>
      <translation>其中 {0} 个形状带有标记或描述</translation>
    </message>
    <message>
      <extracomment>formats/masks/__init__.py</extracomment>
      <source>Mask images</source>
      <translation>掩膜图像</translation>
    </message>
    <message>
      <extracomment>formats/masks/__init__.py</extracomment>
      <source>A black and white PNG for every object; holes, parts and overlaps stay as they are.</source>
      <translation>每个目标一张黑白 PNG；孔洞、部分和重叠都原样保留。</translation>
    </message>
    <message>
      <extracomment>formats/masks/reader.py</extracomment>
      <source>is all that the mask has: the objects are not told apart</source>
      <translation>是掩膜的全部内容：无法区分各个目标</translation>
    </message>
    <message>
      <extracomment>formats/masks/reader.py</extracomment>
      <source>has class {0}, but there are only {1} classes</source>
      <translation>类别为 {0}，但只有 {1} 个类别</translation>
    </message>
    <message>
      <extracomment>formats/masks/reader.py</extracomment>
      <source>{0}; not used</source>
      <translation>{0}；未使用</translation>
    </message>
    <message>
      <extracomment>formats/ndjson.py</extracomment>
      <source>Ultralytics NDJSON</source>
      <translation>Ultralytics NDJSON</translation>
    </message>
    <message>
      <extracomment>formats/ndjson.py</extracomment>
      <source>One line an image, as Ultralytics HUB and Platform export a data set: outlines, boxes.</source>
      <translation>每张图像一行，与 Ultralytics HUB 和 Platform 导出的数据集相同：轮廓、框。</translation>
    </message>
    <message>
      <extracomment>formats/ndjson.py</extracomment>
      <source>is not valid JSON</source>
      <translation>不是有效的 JSON</translation>
    </message>
    <message>
      <extracomment>formats/ndjson.py</extracomment>
      <source>is for the task {0}, which has no outlines</source>
      <translation>用于任务 {0}，其中没有轮廓</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>{0} is only read.</source>
      <translation>{0} 只能读取。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>Choose another format.</source>
      <translation>请选择其他格式。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>{0}; left out</source>
      <translation>{0}；已略去</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>None of the images could be read; nothing was exported.</source>
      <translation>所有图像都无法读取；没有导出任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>Run `dynseg check` to see what is wrong with them.</source>
      <translation>请运行 `dynseg check` 查看图像的问题。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>{0} lies among the images of the project, which would take in its copies.</source>
      <translation>{0} 位于项目的图像之中，项目会把其中的副本当作图像。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>Choose a folder outside.</source>
      <translation>请选择外面的文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>{0} lies in the project's own data.</source>
      <translation>{0} 位于项目自己的数据中。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>Choose a new folder.</source>
      <translation>请选择新文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>{0} holds the project itself; an export replaces its whole folder.</source>
      <translation>{0} 含有项目本身；导出会替换整个文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>Exporting</source>
      <translation>正在导出</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/exporting.py</extracomment>
      <source>{0}; written anew</source>
      <translation>{0}；已重新写出</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>has no area</source>
      <translation>没有面积</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>lies under others with {0} of its {1} pixels; cut</source>
      <translation>在其 {1} 个像素中有 {0} 个位于其他形状之下；已裁去</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>shape {0} {1}; left out</source>
      <translation>形状 {0} {1}；已略去</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>shape {0} {1}</source>
      <translation>形状 {0} {1}</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>is beyond the {0} that a mask holds</source>
      <translation>超出掩膜所能容纳的 {0} 个</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>covers no centre of a pixel</source>
      <translation>没有覆盖任何像素的中心</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>lies wholly under others</source>
      <translation>完全位于其他形状之下</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>lies under others, wholly or nearly; drawn above them</source>
      <translation>完全或几乎完全位于其他形状之下；已画在它们之上</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>is the same as another one</source>
      <translation>与另一个形状相同</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/fitting.py</extracomment>
      <source>has {0} parts; all but the largest are left out</source>
      <translation>有 {0} 个部分；只保留最大的一个</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has more than 8 bits a pixel, stretched to 8 as the window shows it</source>
      <translation>每像素多于 8 位，按窗口中的显示拉伸到 8 位</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has more than 8 bits a colour, reduced to 8 as the window shows it</source>
      <translation>每个颜色超过 8 位，按窗口中的显示缩减为 8 位</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has several frames; the first is used</source>
      <translation>含有多帧；使用第一帧</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has an alpha channel</source>
      <translation>含有 alpha 通道</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has the pixel format {0}</source>
      <translation>像素格式为 {0}</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>is a {0} turned by EXIF</source>
      <translation>是按 EXIF 旋转的 {0}</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has bytes after the end of the picture</source>
      <translation>图像数据之后还有字节</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has several pictures; the first is used</source>
      <translation>含有多张图像；使用第一张</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has {0} bits a channel</source>
      <translation>每通道 {0} 位</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>is no longer {0} x {1} pixels</source>
      <translation>不再是 {0} x {1} 像素</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>has EXIF data behind its pixels</source>
      <translation>像素之后有 EXIF 数据</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>is cut off before the end of the picture</source>
      <translation>在图像结束之前被截断</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/picture.py</extracomment>
      <source>cannot be decoded ({0})</source>
      <translation>无法解码（{0}）</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/preflight.py</extracomment>
      <source>Counting</source>
      <translation>正在统计</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/round_trip.py</extracomment>
      <source>{0} is not a complete export: {1}.</source>
      <translation>{0} 不是完整的导出：{1}。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/round_trip.py</extracomment>
      <source>Export again.</source>
      <translation>请重新导出。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/round_trip.py</extracomment>
      <source>{0} cannot be read again as {1}.</source>
      <translation>{0} 无法作为 {1} 重新读取。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/round_trip.py</extracomment>
      <source>{0} holds {1}, which is not in the project any more.</source>
      <translation>{0} 含有 {1}，它已不在项目中。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>is smaller than {0} pixels, which ultralytics refuses</source>
      <translation>小于 {0} 像素，ultralytics 不接受</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>The project has no classes; nothing was exported.</source>
      <translation>项目没有类别；没有导出任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>Add a class and label some images first.</source>
      <translation>请先添加类别并标注一些图像。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>reviewed image</source>
      <translation>已审核的图像</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>image with labels</source>
      <translation>有标注的图像</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>Review images first, or export all labelled ones with `--all`.</source>
      <translation>请先审核图像，或用 `--all` 导出所有有标注的图像。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>Among the chosen images is no {0}; nothing was exported.</source>
      <translation>所选图像中没有{0}；没有导出任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/selection.py</extracomment>
      <source>There is no {0}; nothing was exported.</source>
      <translation>没有{0}；没有导出任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>the disk is full</source>
      <translation>磁盘已满</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} was not written: {1}; what was there before is unchanged.</source>
      <translation>{0} 没有写出：{1}；原有内容没有改变。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>Free some space or choose another disk, then try again.</source>
      <translation>请释放空间或选择其他磁盘，然后重试。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} is not a folder; nothing was exported.</source>
      <translation>{0} 不是文件夹；没有导出任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>Choose a new or empty folder.</source>
      <translation>请选择新文件夹或空文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} holds other files; an export replaces its whole folder.</source>
      <translation>{0} 中有其他文件；导出会替换整个文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>Choose a new or empty folder, or the folder of an earlier export.</source>
      <translation>请选择新文件夹、空文件夹，或以前导出的文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} is missing or damaged</source>
      <translation>{0} 缺失或损坏</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} MB are needed and {1} MB are free; nothing was written.</source>
      <translation>需要 {0} MB，空闲 {1} MB；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>Free some space, choose another disk or link the images instead of copying them.</source>
      <translation>请释放空间、选择其他磁盘，或以链接代替复制图像。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} cannot be written ({1}); nothing was exported.</source>
      <translation>{0} 无法写入（{1}）；没有导出任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>Choose a folder that you may write to.</source>
      <translation>请选择有写入权限的文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} is missing</source>
      <translation>{0} 缺失</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} cannot be linked from there ({1}); what was there before is unchanged.</source>
      <translation>无法从那里链接 {0}（{1}）；原有内容没有改变。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>A hard link needs the same disk, and not every disk has links. Copy the images, or choose the other kind of link.</source>
      <translation>硬链接要求在同一磁盘上，而且并非所有磁盘都支持链接。请复制图像，或选择另一种链接。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} holds {1}, which is not of the earlier export, and an export replaces its whole folder; nothing was exported.</source>
      <translation>{0} 中有 {1}，它不属于以前的导出，而导出会替换整个文件夹；没有导出任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>Move it elsewhere, or choose a new folder.</source>
      <translation>请将它移到别处，或选择新文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/outgoing/staging.py</extracomment>
      <source>{0} has another content than the manifest says</source>
      <translation>{0} 的内容与清单不符</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>There is no format {0}.</source>
      <translation>没有格式 {0}。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>Known are {0}.</source>
      <translation>可用的有 {0}。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} holds no labels of a known format; nothing was imported.</source>
      <translation>{0} 中没有已知格式的标注；没有导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} holds labels of several formats: {1}; nothing was imported.</source>
      <translation>{0} 中有多种格式的标注：{1}；没有导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>Choose one of them (in a command with --format), or give a folder that holds but one.</source>
      <translation>请选择其中一种（命令行中用 --format），或给出只含一种格式的文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} is only written.</source>
      <translation>{0} 只能写出。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} is a project; its labels stand in a database, so nothing was imported.</source>
      <translation>{0} 是一个项目，它的标注保存在数据库中；没有导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>Export it first, as labelme without images, and import what was written.</source>
      <translation>请先把它导出为不带图像的 labelme 格式，再导入导出的内容。</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} is no Format</source>
      <translation>{0} 不是 Format</translation>
    </message>
    <message>
      <extracomment>formats/registry.py</extracomment>
      <source>{0} has the name {1}, which is taken</source>
      <translation>{0} 使用了已被占用的名称 {1}</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has no run lengths</source>
      <translation>没有游程编码</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has run lengths that cannot be decoded</source>
      <translation>游程编码无法解码</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has a negative run length</source>
      <translation>有负的游程</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has run lengths of {0} pixels, not {1}</source>
      <translation>游程编码共 {0} 像素，而不是 {1}</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>is a mask without a pixel</source>
      <translation>是没有像素的掩膜</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has run lengths without a size</source>
      <translation>有游程编码，但没有尺寸</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has no list of bytes</source>
      <translation>没有字节列表</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>is a mask of {0} pixels, not {1}</source>
      <translation>是 {0} 像素的掩膜，而不是 {1}</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has values of more than 8 bits</source>
      <translation>含有超过 8 位的值</translation>
    </message>
    <message>
      <extracomment>formats/rle.py</extracomment>
      <source>has run lengths that end too early</source>
      <translation>游程编码过早结束</translation>
    </message>
    <message>
      <extracomment>formats/supervisely.py</extracomment>
      <source>Supervisely JSON</source>
      <translation>Supervisely JSON</translation>
    </message>
    <message>
      <extracomment>formats/supervisely.py</extracomment>
      <source>A project with its folders ann and img: polygons with holes, masks, boxes.</source>
      <translation>带有 ann 和 img 文件夹的项目：带孔的多边形、掩膜、框。</translation>
    </message>
    <message>
      <extracomment>formats/supervisely.py</extracomment>
      <source>has no class</source>
      <translation>没有类别</translation>
    </message>
    <message>
      <extracomment>formats/supervisely.py</extracomment>
      <source>is a box of other than 2 points</source>
      <translation>是一个点数不为 2 的框</translation>
    </message>
    <message>
      <extracomment>formats/via/__init__.py</extracomment>
      <source>VIA JSON</source>
      <translation>VIA JSON</translation>
    </message>
    <message>
      <extracomment>formats/via/__init__.py</extracomment>
      <source>The annotations or the project file of the VGG Image Annotator, versions 1 to 3.</source>
      <translation>VGG Image Annotator 第 1 至 3 版的标注文件或项目文件。</translation>
    </message>
    <message>
      <extracomment>formats/via/attributes.py</extracomment>
      <source>has {0} attributes; which one is the class is not said</source>
      <translation>有 {0} 个属性；没有说明哪个是类别</translation>
    </message>
    <message>
      <extracomment>formats/via/version_2.py</extracomment>
      <source>has no shape</source>
      <translation>没有形状</translation>
    </message>
    <message>
      <extracomment>formats/via/version_2.py</extracomment>
      <source>has not as many x as y coordinates</source>
      <translation>x 坐标与 y 坐标的个数不同</translation>
    </message>
    <message>
      <extracomment>formats/via/version_2.py</extracomment>
      <source>image {0}, region {1}</source>
      <translation>图像 {0}，区域 {1}</translation>
    </message>
    <message>
      <extracomment>formats/via/version_2.py</extracomment>
      <source>has no class; takes the only one there is</source>
      <translation>没有类别；使用唯一的类别</translation>
    </message>
    <message>
      <extracomment>formats/via/version_3.py</extracomment>
      <source>has attributes of the whole image; they are not taken over</source>
      <translation>含有整张图像的属性；不予导入</translation>
    </message>
    <message>
      <extracomment>formats/via/version_3.py</extracomment>
      <source>has {0} numbers, where its kind has {1}</source>
      <translation>有 {0} 个数值，而这种形状应有 {1} 个</translation>
    </message>
    <message>
      <extracomment>formats/via/version_3.py</extracomment>
      <source>is a circle through three points on a line</source>
      <translation>是由一条直线上的三个点确定的圆</translation>
    </message>
    <message>
      <extracomment>formats/via/version_3.py</extracomment>
      <source>is marked as deleted; left out</source>
      <translation>已标记为删除；未导入</translation>
    </message>
    <message>
      <extracomment>formats/via/version_3.py</extracomment>
      <source>shows several files; not used</source>
      <translation>显示多个文件；未使用</translation>
    </message>
    <message>
      <extracomment>formats/via/version_3.py</extracomment>
      <source>is for a view that the file does not list; not used</source>
      <translation>属于文件中没有列出的视图；未使用</translation>
    </message>
    <message>
      <extracomment>formats/via/version_3.py</extracomment>
      <source>shows no image, but a video or sound; not used</source>
      <translation>显示的不是图像，而是视频或声音；未使用</translation>
    </message>
    <message>
      <extracomment>formats/voc/__init__.py</extracomment>
      <source>Pascal VOC masks</source>
      <translation>Pascal VOC 掩膜</translation>
    </message>
    <message>
      <extracomment>formats/voc/__init__.py</extracomment>
      <source>JPEGImages with SegmentationClass and SegmentationObject: one mask for all objects.</source>
      <translation>JPEGImages 及 SegmentationClass 和 SegmentationObject：所有目标共用一张掩膜。</translation>
    </message>
    <message>
      <extracomment>formats/voc/reader.py</extracomment>
      <source>is all of its class: the objects are not told apart</source>
      <translation>是该类别的全部内容：无法区分各个目标</translation>
    </message>
    <message>
      <extracomment>formats/voc/reader.py</extracomment>
      <source>has class {0}, which is not named</source>
      <translation>类别 {0} 没有名称</translation>
    </message>
    <message>
      <extracomment>formats/voc/writer.py</extracomment>
      <source>Pascal VOC holds {0} classes, the project has {1}.</source>
      <translation>Pascal VOC 最多 {0} 个类别，项目有 {1} 个。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/__init__.py</extracomment>
      <source>Images, label files and data.yaml; what Ultralytics trains on unchanged.</source>
      <translation>图像、标注文件和 data.yaml；Ultralytics 可直接用于训练。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>Give the data.yaml of a YOLO data set, or its folder.</source>
      <translation>请选择 YOLO 数据集的 data.yaml 或其文件夹。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>Choose a data.yaml, or a text file with one name a line.</source>
      <translation>请选择 data.yaml，或每行一个名称的文本文件。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} does not describe a data set.</source>
      <translation>{0} 没有描述数据集。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} names no class.</source>
      <translation>{0} 没有列出类别。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>it uses aliases</source>
      <translation>使用了别名</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} is larger than 1 MB; it describes no data set.</source>
      <translation>{0} 大于 1 MB；不是数据集的描述。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} is not a YAML file that can be used.</source>
      <translation>{0} 不是可用的 YAML 文件。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/description.py</extracomment>
      <source>{0} is no list of class names.</source>
      <translation>{0} 不是类别名称列表。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>is larger than {0} MB; no label file is</source>
      <translation>大于 {0} MB；不可能是标注文件</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>is not a text file</source>
      <translation>不是文本文件</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has fewer than 3 points</source>
      <translation>点少于 3 个</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has a class that is not a whole number</source>
      <translation>类别不是整数</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has the negative class {0}</source>
      <translation>类别 {0} 为负数</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has class {0}; more than {1} classes are not possible</source>
      <translation>类别为 {0}；最多只能有 {1} 个类别</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>has points far outside the image</source>
      <translation>有点远在图像之外</translation>
    </message>
    <message>
      <extracomment>formats/yolo/rows.py</extracomment>
      <source>is the same as an earlier line; dropped</source>
      <translation>与前面的一行相同；已丢弃</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>its `path` is not inside the source; its own folder is used instead</source>
      <translation>其 `path` 不在来源之内；改用它自己的文件夹</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>{0} holds no YOLO label files; nothing was imported.</source>
      <translation>{0} 中没有 YOLO 标注文件；没有导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>Give the folder with the images and labels folders, or its data.yaml.</source>
      <translation>请选择含有 images 和 labels 文件夹的文件夹，或其 data.yaml。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>{0} describes key points, which have no area; nothing was imported.</source>
      <translation>{0} 描述的是关键点，没有面积；未导入任何内容。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>Give a data set of shapes or of boxes.</source>
      <translation>请给出形状或框的数据集。</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>`{0}` leads out of the source; not followed</source>
      <translation>`{0}` 指向来源之外；未跟随</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>is too large for a list of images; not followed</source>
      <translation>太大，不可能是图像列表；未跟随</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>leads out of the source; not followed</source>
      <translation>指向来源之外；未跟随</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>holds labels that {0} does not name; not read (files: {1})</source>
      <translation>含有 {0} 未指明的标注；未读取（文件数：{1}）</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>is too large for a label file</source>
      <translation>太大，不可能是标注文件</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>has class {0}, which the source does not name</source>
      <translation>类别为 {0}，来源中没有它的名称</translation>
    </message>
    <message>
      <extracomment>formats/yolo/source.py</extracomment>
      <source>`{0}` names a folder that is not there</source>
      <translation>`{0}` 指向不存在的文件夹</translation>
    </message>
    <message>
      <extracomment>geometry/part.py</extracomment>
      <source>a ring is (N &gt;= 3, 2), not {0}</source>
      <translation>环应为 (N &gt;= 3, 2)，而不是 {0}</translation>
    </message>
    <message>
      <extracomment>geometry/part.py</extracomment>
      <source>a ring has a coordinate that is not a finite number</source>
      <translation>环中有一个坐标不是有限数值</translation>
    </message>
    <message>
      <extracomment>geometry/polygon.py</extracomment>
      <source>crosses itself</source>
      <translation>与自身相交</translation>
    </message>
    <message>
      <extracomment>geometry/polygon.py</extracomment>
      <source>has a hole outside of its outline</source>
      <translation>有一个孔洞在轮廓之外</translation>
    </message>
    <message>
      <extracomment>images/assist.py</extracomment>
      <source>Colours tell the object from its ground.</source>
      <translation>按颜色区分目标与背景。</translation>
    </message>
    <message>
      <extracomment>images/assist.py</extracomment>
      <source>{0} is no Assist</source>
      <translation>{0} 不是 Assist</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is not an image that can be read</source>
      <translation>不是可读取的图像</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Replace or remove it.</source>
      <translation>请替换或移除它。</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Check that you may read it, and the disk that it lies on.</source>
      <translation>请检查你是否有权读取该文件，并检查它所在的磁盘。</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Copy it again from its source or remove it.</source>
      <translation>请从来源重新复制，或将其移除。</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is damaged{0}</source>
      <translation>已损坏{0}</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is empty</source>
      <translation>是空文件</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is truncated</source>
      <translation>被截断</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is {0} x {1} pixels, over the limit of {2} million</source>
      <translation>为 {0} x {1} 像素，超过 {2} 百万像素的上限</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Cut it into tiles first.</source>
      <translation>请先把它切成小块。</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is not there any more</source>
      <translation>已不存在</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>Put it back or rescan.</source>
      <translation>请放回原处，或重新查找图像。</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>is too large to be decoded</source>
      <translation>太大，无法解码</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>needs more memory than there is</source>
      <translation>需要的内存超过可用内存</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>its header tells another size</source>
      <translation>文件头给出的尺寸不同</translation>
    </message>
    <message>
      <extracomment>images/decode.py</extracomment>
      <source>first of {0} frames</source>
      <translation>{0} 帧中的第一帧</translation>
    </message>
    <message>
      <extracomment>images/deep.py</extracomment>
      <source>OpenJPEG cannot decode it</source>
      <translation>OpenJPEG 无法解码</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>open it in Fiji (with Bio-Formats) and save it as TIFF</source>
      <translation>请在 Fiji（带 Bio-Formats）中打开并另存为 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>{0}, which cannot be read here; {1}</source>
      <translation>{0}，此处无法读取；{1}</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a Zeiss microscope file</source>
      <translation>是 Zeiss 显微镜文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>export it as OME-TIFF from ZEN, or open it in Fiji (with Bio-Formats) and save it as TIFF</source>
      <translation>请在 ZEN 中导出为 OME-TIFF，或在 Fiji（带 Bio-Formats）中打开并另存为 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a Nikon microscope file</source>
      <translation>是 Nikon 显微镜文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>export it as TIFF from NIS-Elements, or open it in Fiji (with Bio-Formats) and save it so</source>
      <translation>请在 NIS-Elements 中导出为 TIFF，或在 Fiji（带 Bio-Formats）中打开并另存为 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a Leica microscope file</source>
      <translation>是 Leica 显微镜文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>export it as TIFF from LAS X, or open it in Fiji (with Bio-Formats) and save it as TIFF</source>
      <translation>请在 LAS X 中导出为 TIFF，或在 Fiji（带 Bio-Formats）中打开并另存为 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a microscope's own file</source>
      <translation>是显微镜的专有格式文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a slide scanner's file</source>
      <translation>是切片扫描仪的文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>export the regions that matter as TIFF, from QuPath or the scanner's program</source>
      <translation>请用 QuPath 或扫描仪自带的程序把需要的区域导出为 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a DICOM file</source>
      <translation>是 DICOM 文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>export it as PNG or TIFF, from a DICOM viewer or Fiji</source>
      <translation>请用 DICOM 查看器或 Fiji 导出为 PNG 或 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a medical volume</source>
      <translation>是医学体数据</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>save its slices as TIFF, from Fiji</source>
      <translation>请在 Fiji 中把各切片另存为 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a raw photograph</source>
      <translation>是相机原始格式照片</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>develop it to TIFF or JPEG, with the camera's program or darktable</source>
      <translation>请用相机自带的程序或 darktable 转换为 TIFF 或 JPEG</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a document or drawing</source>
      <translation>是文档或绘图文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>save it as PNG or TIFF from the program that it belongs to</source>
      <translation>请在其所属的程序中另存为 PNG 或 TIFF</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a file of arrays</source>
      <translation>是数组文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>save its images as TIFF or PNG</source>
      <translation>请把其中的图像另存为 TIFF 或 PNG</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a JPEG XL file</source>
      <translation>是 JPEG XL 文件</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>save it as PNG or JPEG</source>
      <translation>请另存为 PNG 或 JPEG</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a web page under the name of an image</source>
      <translation>是以图像文件名保存的网页</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>download the image itself once more</source>
      <translation>请重新下载图像本身</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>is a video</source>
      <translation>是视频</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>choose File, Add frames of a video or TIFF</source>
      <translation>请选择“文件 &gt; 添加视频或 TIFF 的帧”</translation>
    </message>
    <message>
      <extracomment>images/foreign.py</extracomment>
      <source>Files that end in {0} cannot be read here ({1}): {2}.</source>
      <translation>以 {0} 结尾的文件此处无法读取（{1} 个）：{2}。</translation>
    </message>
    <message>
      <extracomment>images/frame_process.py</extracomment>
      <source>needed too much memory</source>
      <translation>需要的内存过多</translation>
    </message>
    <message>
      <extracomment>images/frame_process.py</extracomment>
      <source>ended its decoder</source>
      <translation>使解码程序意外结束</translation>
    </message>
    <message>
      <extracomment>images/frame_process.py</extracomment>
      <source>{0} {1}; nothing was written.</source>
      <translation>{0} {1}；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>images/frame_process.py</extracomment>
      <source>The file is damaged; convert it with a video program and try again.</source>
      <translation>文件已损坏；请用视频程序转换后重试。</translation>
    </message>
    <message>
      <extracomment>images/frame_process.py</extracomment>
      <source>It needs too much memory.</source>
      <translation>它需要的内存过多。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Every 0th frame is none.</source>
      <translation>不能每 0 帧取一帧。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Give a number of 1 or more.</source>
      <translation>请输入 1 或更大的数。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>It breaks off after frame {0}: what comes before is there.</source>
      <translation>在第 {0} 帧之后中断：之前的内容已读取。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Only the first {0} frames were looked at.</source>
      <translation>只查看了前 {0} 帧。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>The disk is nearly full, so no frame was added.</source>
      <translation>磁盘快满了，因此没有添加任何帧。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Free some space, or take fewer frames.</source>
      <translation>请释放空间，或少取一些帧。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} has frames of {1} x {2} pixels, over the limit of {3} million.</source>
      <translation>{0} 的帧为 {1} x {2} 像素，超过 {3} 百万像素的上限。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Scale it down first.</source>
      <translation>请先缩小。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} is not a video that can be read; nothing was written.</source>
      <translation>{0} 不是可读取的视频；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Give a video (MP4, MOV, AVI, MKV, WebM, MPEG) or a TIFF with several pages.</source>
      <translation>请选择视频（MP4、MOV、AVI、MKV、WebM、MPEG）或多页 TIFF。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>The frames could not be written ({0}); nothing was added.</source>
      <translation>无法写入帧（{0}）；没有添加任何内容。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Reading frames</source>
      <translation>正在读取帧</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Check that it exists.</source>
      <translation>请检查它是否存在。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} cannot be decoded; nothing was written.</source>
      <translation>{0} 无法解码；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Check that it plays in a video player, or convert it to MP4.</source>
      <translation>请检查它能否在视频播放器中播放，或转换为 MP4。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} has pages over the limit of {1} million pixels; nothing was written.</source>
      <translation>{0} 中有页面超过 {1} 百万像素的上限；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} is not a TIFF that can be read; nothing was written.</source>
      <translation>{0} 不是可读取的 TIFF；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>{0} holds no frame that can be decoded; nothing was written.</source>
      <translation>{0} 中没有可解码的帧；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Check that it plays in a video player.</source>
      <translation>请检查它能否在视频播放器中播放。</translation>
    </message>
    <message>
      <extracomment>images/frames.py</extracomment>
      <source>Free some space, or choose another folder.</source>
      <translation>请释放空间，或选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>images/index.py</extracomment>
      <source>The folder {0} cannot be listed ({1}).</source>
      <translation>无法列出文件夹 {0}（{1}）。</translation>
    </message>
    <message>
      <extracomment>images/index.py</extracomment>
      <source>Check that it exists and that you may read it.</source>
      <translation>请检查它是否存在，以及是否有读取权限。</translation>
    </message>
    <message>
      <extracomment>images/levels.py</extracomment>
      <source>Cut it into tiles, or close other programs.</source>
      <translation>请把图像切成小块，或关闭其他程序。</translation>
    </message>
    <message>
      <extracomment>images/shades.py</extracomment>
      <source>more than 8 bits, shown stretched to 8; the file stays as it is</source>
      <translation>超过 8 位，显示时拉伸为 8 位；文件保持不变</translation>
    </message>
    <message>
      <extracomment>images/shades.py</extracomment>
      <source>more than 8 bits a colour, shown with the highest 8; the file stays as it is</source>
      <translation>每个颜色超过 8 位，显示时只用高 8 位；文件保持不变</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} channels in one picture ({1})</source>
      <translation>{0} 个通道合成一张图像（{1}）</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} in red</source>
      <translation>{0} 为红色</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} in green</source>
      <translation>{0} 为绿色</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} in blue</source>
      <translation>{0} 为蓝色</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} in grey</source>
      <translation>{0} 为灰色</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} in cyan</source>
      <translation>{0} 为青色</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} in magenta</source>
      <translation>{0} 为品红色</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>{0} in yellow</source>
      <translation>{0} 为黄色</translation>
    </message>
    <message>
      <extracomment>images/tiff/image.py</extracomment>
      <source>the first three of {0} channels, as red, green and blue</source>
      <translation>{0} 个通道中的前三个，作为红、绿、蓝</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>save it without compression or with LZW, for instance from Fiji or QGIS</source>
      <translation>请不压缩或用 LZW 另存，例如用 Fiji 或 QGIS</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>is a damaged TIFF or one of a rare kind</source>
      <translation>是损坏的或少见类型的 TIFF</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>JPEG of an old kind</source>
      <translation>旧式 JPEG</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>JPEG XR</source>
      <translation>JPEG XR</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>lossy JPEG</source>
      <translation>有损 JPEG</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>JPEG XL</source>
      <translation>JPEG XL</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>is a TIFF packed as {0} of {1} bits</source>
      <translation>是以 {1} 位 {0} 压缩的 TIFF</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>is a TIFF of complex numbers</source>
      <translation>是复数 TIFF</translation>
    </message>
    <message>
      <extracomment>images/tiff/refusal.py</extracomment>
      <source>is a TIFF whose values have {0} bits</source>
      <translation>是每个值 {0} 位的 TIFF</translation>
    </message>
    <message>
      <extracomment>images/tiff/writing.py</extracomment>
      <source>over 4 GB</source>
      <translation>超过 4 GB</translation>
    </message>
    <message>
      <extracomment>images/unpack.py</extracomment>
      <source>could not be unpacked to {0} ({1})</source>
      <translation>无法解码到 {0}（{1}）</translation>
    </message>
    <message>
      <extracomment>images/unpack.py</extracomment>
      <source>Free some disk space: an image takes up to 6 bytes a pixel there.</source>
      <translation>请释放一些磁盘空间：图像在那里每像素最多占用 6 字节。</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>OpenVINO, not yet compared with others here</source>
      <translation>OpenVINO，尚未在这台电脑上与其他方式比较</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>ONNX Runtime is not installed.</source>
      <translation>没有安装 ONNX Runtime。</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>Install it: pip install onnxruntime</source>
      <translation>请安装：pip install onnxruntime</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>chosen by hand</source>
      <translation>手动选择</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>There is no backend {0}.</source>
      <translation>没有后端 {0}。</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>Use auto, {0}.</source>
      <translation>请使用 auto、{0}。</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>{0} an image here</source>
      <translation>在本机每张图像 {0}</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>full precision</source>
      <translation>全精度</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>{0} cannot run the model here ({1}).</source>
      <translation>{0} 无法在此运行模型（{1}）。</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>Use --backend auto.</source>
      <translation>请使用 --backend auto。</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>Measuring what is fastest here, once</source>
      <translation>正在测定本机最快的方式，仅此一次</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>The model is ready</source>
      <translation>模型已就绪</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>Making the model ready for this computer, once</source>
      <translation>正在为这台计算机准备模型，仅此一次</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>model name</source>
      <translation>模型名称</translation>
    </message>
    <message>
      <extracomment>inference/backends/choice.py</extracomment>
      <source>{0} cannot run ({1})</source>
      <translation>{0} 无法运行（{1}）</translation>
    </message>
    <message>
      <extracomment>inference/backends/cuda_graphs.py</extracomment>
      <source>a replay answers otherwise than the network</source>
      <translation>回放的结果与网络的结果不同</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>no GPU found</source>
      <translation>没有找到 GPU</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>CUDA cannot start: {0}</source>
      <translation>CUDA 无法启动：{0}</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>no NVIDIA driver found</source>
      <translation>没有找到 NVIDIA 驱动</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>torch was built without CUDA</source>
      <translation>torch 是不带 CUDA 的版本</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>too old</source>
      <translation>太旧</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>the NVIDIA driver is too old for this torch</source>
      <translation>NVIDIA 驱动对此 torch 来说太旧</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>it gave no reason</source>
      <translation>没有给出原因</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>chosen in the settings</source>
      <translation>在设置中选择</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>There is no device {0}.</source>
      <translation>没有设备 {0}。</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>Use auto, cpu, cuda or cuda:0.</source>
      <translation>请使用 auto、cpu、cuda 或 cuda:0。</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>there is no GPU number {0}, only {1}</source>
      <translation>没有编号为 {0} 的 GPU，只有 {1}</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>no NVIDIA driver</source>
      <translation>没有 NVIDIA 驱动</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>driver shared library</source>
      <translation>驱动共享库</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>no CUDA-capable device</source>
      <translation>没有支持 CUDA 的设备</translation>
    </message>
    <message>
      <extracomment>inference/backends/device.py</extracomment>
      <source>No CUDA GPUs</source>
      <translation>没有 CUDA GPU</translation>
    </message>
    <message>
      <extracomment>inference/backends/torch_backend.py</extracomment>
      <source>torch fp16</source>
      <translation>torch fp16</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} holds other things than weights.</source>
      <translation>{0} 中的内容不是权重。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Fetch mobile_sam.pt again.</source>
      <translation>请重新下载 mobile_sam.pt。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is damaged: some weights are no numbers.</source>
      <translation>{0} 已损坏：有些权重不是数值。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Fetch it again.</source>
      <translation>请重新下载。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is too large to be MobileSAM.</source>
      <translation>{0} 太大，不可能是 MobileSAM。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is not there.</source>
      <translation>{0} 不存在。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Fetch it, or put it there.</source>
      <translation>请下载它，或把它放到那里。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} is damaged or no file of weights; nothing in it was run.</source>
      <translation>{0} 已损坏或不是权重文件；其中的代码没有执行。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>{0} holds the weights of another network than MobileSAM.</source>
      <translation>{0} 是其他网络的权重，不是 MobileSAM。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>The image could not be looked at ({0}); no label was changed.</source>
      <translation>无法查看图像（{0}）；标注没有改动。</translation>
    </message>
    <message>
      <extracomment>inference/click.py</extracomment>
      <source>Close other programs, or draw the outline with another tool.</source>
      <translation>请关闭其他程序，或用其他工具绘制轮廓。</translation>
    </message>
    <message>
      <extracomment>inference/describe.py</extracomment>
      <source>What images show could not be kept ({0}); the queue goes on without, no label was changed.</source>
      <translation>无法保存图像的特征（{0}）；队列不使用它继续工作，标注没有改动。</translation>
    </message>
    <message>
      <extracomment>inference/describe.py</extracomment>
      <source>Make room on the disk.</source>
      <translation>请清理磁盘空间。</translation>
    </message>
    <message>
      <extracomment>inference/describe.py</extracomment>
      <source>Let this account write into {0}.</source>
      <translation>请让此账户有权写入 {0}。</translation>
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the bytes of predictions end too early</source>
      <translation>预测的字节过早结束</translation>
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the bytes of predictions do not fit together</source>
      <translation>预测的字节彼此不符</translation>
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>a ring of a prediction has fewer than 3 points</source>
      <translation>预测中有一个环的点少于 3 个</translation>
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the points of predictions do not fit together</source>
      <translation>预测的点彼此不符</translation>
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>the bytes of predictions cannot be read</source>
      <translation>预测的字节无法读取</translation>
    </message>
    <message>
      <extracomment>inference/detections.py</extracomment>
      <source>a part of a prediction has no ring</source>
      <translation>预测中有一个部分没有环</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>Following shapes</source>
      <translation>正在跟随形状</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>{0} has no shapes to follow; nothing was changed.</source>
      <translation>{0} 没有可跟随的形状；未做任何更改。</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>Draw its objects first, or begin at an image that has shapes.</source>
      <translation>请先绘制其中的目标，或从有形状的图像开始。</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>A class of the shapes was deleted or merged while they were followed, so it ended there; what was put until then stays.</source>
      <translation>跟随期间这些形状的某个类别被删除或合并，因此跟随到此结束；此前放入的内容保留。</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>Follow the shapes again from their image.</source>
      <translation>请从这些形状所在的图像重新跟随。</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>before a run</source>
      <translation>运行之前</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>Replace the file, or begin at another image.</source>
      <translation>请替换该文件，或从另一张图像开始。</translation>
    </message>
    <message>
      <extracomment>inference/following/film.py</extracomment>
      <source>is not the file that was labelled</source>
      <translation>不是标注时的那个文件</translation>
    </message>
    <message>
      <extracomment>inference/letterboxed.py</extracomment>
      <source>is {0} x {1} pixels now and was {2} x {3} when added</source>
      <translation>现在是 {0} x {1} 像素，添加时是 {2} x {3}</translation>
    </message>
    <message>
      <extracomment>inference/letterboxed.py</extracomment>
      <source>Rescan the folder.</source>
      <translation>请重新查找文件夹中的图像。</translation>
    </message>
    <message>
      <extracomment>inference/looks.py</extracomment>
      <source>The region to look at lies outside of the image.</source>
      <translation>要查看的区域位于图像之外。</translation>
    </message>
    <message>
      <extracomment>inference/matching.py</extracomment>
      <source>The model knows no class {0}; nothing was changed.</source>
      <translation>模型没有类别 {0}；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>inference/matching.py</extracomment>
      <source>Choose among {0}{1}.</source>
      <translation>请从 {0}{1} 中选择。</translation>
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>the GPU has too little memory</source>
      <translation>GPU 内存不足</translation>
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>the GPU failed</source>
      <translation>GPU 出错</translation>
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>The model could not run ({0}); your labels are safe.</source>
      <translation>模型无法运行（{0}）；标注安全。</translation>
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>The model needs more memory than there is; your labels are safe.</source>
      <translation>模型需要的内存超过可用内存；标注安全。</translation>
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>Use a smaller image size or a smaller model, or close other programs.</source>
      <translation>请使用更小的图像尺寸或模型，或关闭其他程序。</translation>
    </message>
    <message>
      <extracomment>inference/predictor.py</extracomment>
      <source>{0} failed ({1}), torch goes on</source>
      <translation>{0} 失败（{1}），由 torch 继续</translation>
    </message>
    <message>
      <extracomment>inference/runs/crew.py</extracomment>
      <source>was not needed any more</source>
      <translation>不再需要</translation>
    </message>
    <message>
      <extracomment>inference/runs/folder.py</extracomment>
      <source>Give another folder.</source>
      <translation>请选择其他文件夹。</translation>
    </message>
    <message>
      <extracomment>inference/runs/folder.py</extracomment>
      <source>{0} holds no images.</source>
      <translation>{0} 中没有图像。</translation>
    </message>
    <message>
      <extracomment>inference/runs/folder.py</extracomment>
      <source>Pre-labelling</source>
      <translation>正在预标注</translation>
    </message>
    <message>
      <extracomment>inference/runs/folder.py</extracomment>
      <source>The labels in {0} cannot be written ({1}).</source>
      <translation>无法写入 {0} 中的标注（{1}）。</translation>
    </message>
    <message>
      <extracomment>inference/runs/folder.py</extracomment>
      <source>{0} names other classes ({1}) than the model ({2}); nothing was written.</source>
      <translation>{0} 列出的类别（{1}）与模型的类别（{2}）不同；未写入任何内容。</translation>
    </message>
    <message>
      <extracomment>inference/runs/folder.py</extracomment>
      <source>Labels that are there would mean something else. Choose another --out FOLDER.</source>
      <translation>否则其中已有的标注会变成别的含义。请用 --out 指定另一个文件夹。</translation>
    </message>
    <message>
      <extracomment>inference/runs/folder.py</extracomment>
      <source>Free some space or choose another folder, then run the same again.</source>
      <translation>请释放空间或选择其他文件夹，然后重新执行。</translation>
    </message>
    <message>
      <extracomment>inference/runs/hands/pool.py</extracomment>
      <source>ended the processes that read it</source>
      <translation>使读取它的进程意外结束</translation>
    </message>
    <message>
      <extracomment>inference/runs/hands/pool.py</extracomment>
      <source>It is damaged or needs more memory than there is: replace it.</source>
      <translation>它已损坏，或需要的内存超过可用内存：请更换该文件。</translation>
    </message>
    <message>
      <extracomment>inference/runs/hands/protocol.py</extracomment>
      <source>does not fit into the memory that was meant for it</source>
      <translation>超出了为它预留的内存</translation>
    </message>
    <message>
      <extracomment>inference/runs/hands/protocol.py</extracomment>
      <source>met an error that nobody expected ({0})</source>
      <translation>遇到了意料之外的错误（{0}）</translation>
    </message>
    <message>
      <extracomment>inference/runs/hands/protocol.py</extracomment>
      <source>Look at the image; if nothing is wrong with it, please report this.</source>
      <translation>请查看该图像；如果图像没有问题，请反馈此错误。</translation>
    </message>
    <message>
      <extracomment>inference/runs/preview.py</extracomment>
      <source>Comparing</source>
      <translation>正在比较</translation>
    </message>
    <message>
      <extracomment>inference/runs/scope.py</extracomment>
      <source>{0} is no choice of images.</source>
      <translation>{0} 不是图像范围的选项。</translation>
    </message>
    <message>
      <extracomment>inference/runs/scope.py</extracomment>
      <source>Use one of {0}.</source>
      <translation>请使用 {0} 之一。</translation>
    </message>
    <message>
      <extracomment>inference/runs/scope.py</extracomment>
      <source>was replaced and has labels of another size now</source>
      <translation>文件已被替换，其标注现在对应另一种尺寸</translation>
    </message>
    <message>
      <extracomment>inference/runs/scope.py</extracomment>
      <source>was linked to {0} meanwhile: pre-label it again</source>
      <translation>其间已重新关联到 {0}：请再次预标注</translation>
    </message>
    <message>
      <extracomment>inference/screen.py</extracomment>
      <source>Replace or remove it, then rescan.</source>
      <translation>请替换或移除它，然后重新查找图像。</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>v{0} iou={1} max={2} size={3} simplify={4}{5} card={6}{7}</source>
      <translation>v{0} iou={1} max={2} size={3} simplify={4}{5} card={6}{7}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>confidence is in [0, 1], not {0}</source>
      <translation>confidence 应在 [0, 1] 内，而不是 {0}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>iou is in (0, 1], not {0}</source>
      <translation>iou 应在 (0, 1] 内，而不是 {0}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>max_detections is in [1, 30000], not {0}</source>
      <translation>max_detections 应在 [1, 30000] 内，而不是 {0}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>image_size is 0 or in [{0}, {1}], not {2}</source>
      <translation>image_size 应为 0 或在 [{0}, {1}] 内，而不是 {2}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>simplify_px is in [0, 100], not {0}</source>
      <translation>simplify_px 应在 [0, 100] 内，而不是 {0}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>region is four numbers of pixels</source>
      <translation>region 应为四个像素数值</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>tiles is one of {0}, not {1}</source>
      <translation>tiles 应为 {0} 之一，而不是 {1}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>edges is one of {0}, not {1}</source>
      <translation>edges 应为 {0} 之一，而不是 {1}</translation>
    </message>
    <message>
      <extracomment>inference/settings.py</extracomment>
      <source>tile_px is 0 or in [32, {0}], not {1}</source>
      <translation>tile_px 应为 0 或在 [32, {0}] 内，而不是 {1}</translation>
    </message>
    <message>
      <extracomment>inference/tiles.py</extracomment>
      <source>Tiles</source>
      <translation>分块</translation>
    </message>
    <message>
      <extracomment>label_errors/looked.py</extracomment>
      <source>Label errors are looked for from {0} reviewed images on; there are {1}.</source>
      <translation>至少有 {0} 张已审核的图像才能查找标注错误；现有 {1} 张。</translation>
    </message>
    <message>
      <extracomment>label_errors/looked.py</extracomment>
      <source>Review more images.</source>
      <translation>请审核更多图像。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>Looking for label errors</source>
      <translation>正在查找标注错误</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>None of the reviewed images has a shape, so there is nothing to learn.</source>
      <translation>已审核的图像都没有形状，因此没有可学习的内容。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>Draw shapes, or accept proposals, and mark the images as reviewed.</source>
      <translation>请绘制形状或接受候选，并把图像标为已审核。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>Looking for label errors failed ({0}: {1}); no label was changed.</source>
      <translation>查找标注错误失败（{0}：{1}）；没有改动任何标注。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>What is disputed could not be kept ({0}); no label was changed.</source>
      <translation>无法保存存疑的内容（{0}）；标注没有改动。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>Looking for label errors went astray: what it learned is no longer a number. No label was changed.</source>
      <translation>查找标注错误时学习失控：学到的已不是有效数值。没有改动任何标注。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>Look again.</source>
      <translation>请重新查找。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>There was not enough memory to look for label errors; no label was changed.</source>
      <translation>内存不足，无法查找标注错误；没有改动任何标注。</translation>
    </message>
    <message>
      <extracomment>label_errors/search.py</extracomment>
      <source>Close other programs, and switch live learning off.</source>
      <translation>请关闭其他程序，并关闭实时学习。</translation>
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>{0}: no head has placement {1} with {2} experts.</source>
      <translation>{0}：没有位置为 {1}、专家数为 {2} 的头。</translation>
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>Copy the model again.</source>
      <translation>请重新复制模型。</translation>
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>{0} has a {1} head, which this version does not know.</source>
      <translation>{0} 的头为 {1}，此版本不认识。</translation>
    </message>
    <message>
      <extracomment>model/build.py</extracomment>
      <source>Update dynseg, or choose another model.</source>
      <translation>请更新 dynseg，或选择其他模型。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>ONNX Runtime</source>
      <translation>ONNX Runtime</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>TensorFlow Lite</source>
      <translation>TensorFlow Lite</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Core ML</source>
      <translation>Core ML</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>{0} is a model as {1} runs it: a fixed graph, which can be neither trained nor rebuilt.</source>
      <translation>{0} 是供 {1} 运行的模型：它是固定的计算图，既不能训练，也不能重建。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Give the .pt that it was exported from, such as best.pt of its training run.</source>
      <translation>请提供导出它时所用的 .pt，例如其训练运行中的 best.pt。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>{0} is not a dynseg model (a .safetensors file with a .json card).</source>
      <translation>{0} 不是 dynseg 模型（.safetensors 文件及 .json 模型卡）。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Choose a model that this program has written.</source>
      <translation>请选择由本程序写出的模型。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>The model {0} is not there.</source>
      <translation>模型 {0} 不存在。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Check the path, or list the project's models.</source>
      <translation>请检查路径，或列出项目的模型。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>{0} was written by a newer version of dynseg.</source>
      <translation>{0} 由更新版本的 dynseg 写出。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Update dynseg.</source>
      <translation>请更新 dynseg。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>The card {0} makes no sense.</source>
      <translation>模型卡 {0} 的内容不合理。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>{0} has no card: {1} is missing beside it.</source>
      <translation>{0} 没有模型卡：旁边缺少 {1}。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>Copy both files of the model.</source>
      <translation>请复制模型的两个文件。</translation>
    </message>
    <message>
      <extracomment>model/card.py</extracomment>
      <source>The card {0} cannot be read ({1}).</source>
      <translation>模型卡 {0} 无法读取（{1}）。</translation>
    </message>
    <message>
      <extracomment>model/checkpoint.py</extracomment>
      <source>The model {0} was not saved: {1}.</source>
      <translation>模型 {0} 没有保存：{1}。</translation>
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>The file {0} is not there.</source>
      <translation>文件 {0} 不存在。</translation>
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>Check the path.</source>
      <translation>请检查路径。</translation>
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>{0} could not be read within the limits of time and memory.</source>
      <translation>{0} 无法在时间和内存的限制内读取。</translation>
    </message>
    <message>
      <extracomment>model/child.py</extracomment>
      <source>It is damaged, or no checkpoint of a YOLO11 segmentation model.</source>
      <translation>它已损坏，或不是 YOLO11 分割模型的检查点。</translation>
    </message>
    <message>
      <extracomment>model/convert/checkpoint.py</extracomment>
      <source>AGPL-3.0 (https://ultralytics.com/license)</source>
      <translation>AGPL-3.0 (https://ultralytics.com/license)</translation>
    </message>
    <message>
      <extracomment>model/convert/openvino.py</extracomment>
      <source>OpenVINO is not installed.</source>
      <translation>没有安装 OpenVINO。</translation>
    </message>
    <message>
      <extracomment>model/convert/openvino.py</extracomment>
      <source>Install it: pip install openvino</source>
      <translation>请安装：pip install openvino</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT builds a file for the GPU of this machine, and there is none.</source>
      <translation>TensorRT 为本机的 GPU 构建文件，而本机没有 GPU。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>Write ONNX here and build it where it is to run.</source>
      <translation>请在此写出 ONNX，到要运行的机器上构建。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT cannot read the network ({0}).</source>
      <translation>TensorRT 无法读取网络（{0}）。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT could not build the network.</source>
      <translation>TensorRT 无法构建网络。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>Try one image at a time.</source>
      <translation>请尝试每次一张图像。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>TensorRT is not installed here, and nothing is installed unasked.</source>
      <translation>这里没有安装 TensorRT，程序不会擅自安装任何东西。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>On a machine with an NVIDIA GPU: pip install tensorrt. Or write ONNX and build there.</source>
      <translation>在有 NVIDIA GPU 的机器上：pip install tensorrt。或写出 ONNX，到那里构建。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>{0} does not fit this GPU.</source>
      <translation>{0} 不适用于此 GPU。</translation>
    </message>
    <message>
      <extracomment>model/convert/tensorrt.py</extracomment>
      <source>Convert the model here.</source>
      <translation>请在本机转换模型。</translation>
    </message>
    <message>
      <extracomment>model/convert/usage.py</extracomment>
      <source>predict("photo.jpg", imgsz={0}, conf=0.25, iou=0.6)</source>
      <translation>predict("photo.jpg", imgsz={0}, conf=0.25, iou=0.6)</translation>
    </message>
    <message>
      <extracomment>model/convert/usage.py</extracomment>
      <source>from ultralytics import YOLO; YOLO({0}, task="segment").{1}</source>
      <translation>from ultralytics import YOLO; YOLO({0}, task="segment").{1}</translation>
    </message>
    <message>
      <extracomment>model/convert/usage.py</extracomment>
      <source>{0}  # with dynseg-annotator installed there</source>
      <translation>{0}  # 使用处须安装 dynseg-annotator</translation>
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>Install it: pip install "dynseg-annotator[export]"</source>
      <translation>请安装：pip install "dynseg-annotator[export]"</translation>
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>{0} would answer differently from {1}: boxes differ by up to {2} pixels, scores by {3}, masks by {4}. It was not written.</source>
      <translation>{0} 的结果与 {1} 不一致：框最多相差 {2} 像素，得分最多相差 {3}，掩膜最多相差 {4}。没有写出。</translation>
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>Use another format, or one image at a time.</source>
      <translation>请使用其他格式，或每次一张图像。</translation>
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>The package onnx is not installed.</source>
      <translation>没有安装 onnx 包。</translation>
    </message>
    <message>
      <extracomment>model/convert/write.py</extracomment>
      <source>The package onnxruntime is not installed.</source>
      <translation>没有安装 onnxruntime 包。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Fetching {0}, kB</source>
      <translation>正在下载 {0}，kB</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>{0} could not be fetched ({1}).</source>
      <translation>{0} 无法下载（{1}）。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Try again when the network is there (it goes on where it was), or fetch {0} elsewhere and put it at {1}.</source>
      <translation>请在网络恢复后重试（会从中断处继续），或在别处下载 {0} 并放到 {1}。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>{0} is not on this computer, and nothing is fetched unasked.</source>
      <translation>{0} 不在这台电脑上，程序不会擅自下载任何东西。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Ask for it with --download ({0}), or fetch {1} elsewhere and put it at {2}.</source>
      <translation>请用 --download（{0}）下载，或在别处下载 {1} 并放到 {2}。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>{0} is not the file that was published (its SHA-256 differs).</source>
      <translation>{0} 不是公开发布的文件（SHA-256 不同）。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Remove it and fetch it again, or import it under another name.</source>
      <translation>请删除后重新下载，或以其他名称导入。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>What came as {0} is not the file that was published; it was thrown away.</source>
      <translation>收到的 {0} 不是公开发布的文件；已丢弃。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Try again later, or put {0} at {1} by hand.</source>
      <translation>请稍后重试，或手动把 {0} 放到 {1}。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>the transfer broke off</source>
      <translation>传输中断</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>{0} is being fetched already, by another window or program.</source>
      <translation>{0} 正在由另一个窗口或程序下载。</translation>
    </message>
    <message>
      <extracomment>model/fetch.py</extracomment>
      <source>Wait until it is here, then try again.</source>
      <translation>请等下载完成后再试。</translation>
    </message>
    <message>
      <extracomment>model/head.py</extracomment>
      <source>A head of the kind {0} cannot become dynamic.</source>
      <translation>{0} 类型的头无法变为动态头。</translation>
    </message>
    <message>
      <extracomment>model/head.py</extracomment>
      <source>Start from a YOLO11 segmentation model.</source>
      <translation>请从 YOLO11 分割模型开始。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>Train it again, or ask for the file in another way.</source>
      <translation>请重新训练，或向对方索取其他形式的文件。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>this file is not read, since {0}.</source>
      <translation>此文件没有读取，因为{0}。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0} is damaged: {1} is missing or of the wrong size.</source>
      <translation>{0} 已损坏：{1} 缺失或大小不对。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>Copy it again, or choose another model; nothing was changed.</source>
      <translation>请重新复制，或选择其他模型；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its modules lie in each other without end</source>
      <translation>其模块无限嵌套</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>a tensor has no numbers</source>
      <translation>有一个张量没有数值</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>a tensor has no shape</source>
      <translation>有一个张量没有形状</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>a tensor lies outside of its numbers</source>
      <translation>有一个张量超出其数值范围</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it calls {0}</source>
      <translation>它调用了 {0}</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it is larger than any YOLO11 network</source>
      <translation>它大于任何 YOLO11 网络</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it is a TorchScript program, not a checkpoint</source>
      <translation>它是 TorchScript 程序，不是检查点</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it is not laid out as a checkpoint</source>
      <translation>它的结构不是检查点</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its description of the network is too large</source>
      <translation>它的网络描述太大</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its numbers are in an order of bytes that is not read here</source>
      <translation>它的字节序不受支持</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>its description of the network never ends</source>
      <translation>它的网络描述没有结尾</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it holds the operation {0}</source>
      <translation>它含有操作 {0}</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it asks for memory that it does not use</source>
      <translation>它要求了用不到的内存</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it asks for {0}</source>
      <translation>它要求 {0}</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>it refers to something outside of the file</source>
      <translation>它引用了文件之外的内容</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0} is no checkpoint of PyTorch 1.6 or newer, or is damaged ({1}).</source>
      <translation>{0} 不是 PyTorch 1.6 或更新版本的检查点，或已损坏（{1}）。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>Copy it again; a file of an older PyTorch must be saved again by a newer one.</source>
      <translation>请重新复制；旧版 PyTorch 的文件需用新版重新保存。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0} is damaged ({1}).</source>
      <translation>{0} 已损坏（{1}）。</translation>
    </message>
    <message>
      <extracomment>model/inert.py</extracomment>
      <source>{0}{1} is no tensor</source>
      <translation>{0}{1} 不是张量</translation>
    </message>
    <message>
      <extracomment>model/plugged.py</extracomment>
      <source>{0} makes no network</source>
      <translation>{0} 无法构成网络</translation>
    </message>
    <message>
      <extracomment>model/probe.py</extracomment>
      <source>{0} answers with values that are not finite numbers.</source>
      <translation>{0} 给出的结果含有不是有限数值的值。</translation>
    </message>
    <message>
      <extracomment>model/probe.py</extracomment>
      <source>{0} answers the same to every image.</source>
      <translation>{0} 对每张图像给出相同的结果。</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>Choose another model; nothing was changed.</source>
      <translation>请选择其他模型；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>{0} cannot be used: {1}.</source>
      <translation>{0} 无法使用：{1}。</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>its batch norms were folded</source>
      <translation>其批归一化层已被折叠</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>{0} does not fit</source>
      <translation>{0} 不匹配</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>{0} is no YOLO11 segmentation network that is known here ({1}).</source>
      <translation>{0} 不是已知的 YOLO11 分割网络（{1}）。</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>Choose the checkpoint that training wrote (best.pt), not a converted one.</source>
      <translation>请选择训练写出的检查点（best.pt），而不是转换后的文件。</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>No head has the placement {0}.</source>
      <translation>没有位置为 {0} 的头。</translation>
    </message>
    <message>
      <extracomment>model/rebuild.py</extracomment>
      <source>Use mask or all.</source>
      <translation>请使用 mask 或 all。</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>Choose a YOLO11 segmentation model (yolo11n-seg.pt, or one that was trained from it).</source>
      <translation>请选择 YOLO11 分割模型（yolo11n-seg.pt，或由它训练得到的模型）。</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a detection model: it finds boxes and no masks</source>
      <translation>检测模型：只找框，没有掩膜</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a pose model</source>
      <translation>姿态模型</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a model for turned boxes</source>
      <translation>旋转框模型</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a classification model</source>
      <translation>分类模型</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>of the YOLO26 family, whose head works another way</source>
      <translation>YOLO26 系列的模型，其头的工作方式不同</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>an RT-DETR model</source>
      <translation>RT-DETR 模型</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a YOLO-World model</source>
      <translation>YOLO-World 模型</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>a YOLOE model</source>
      <translation>YOLOE 模型</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>Taken over from {0}{1}.</source>
      <translation>取自 {0}{1}。</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>{0} holds no network of ultralytics.</source>
      <translation>{0} 中没有 ultralytics 的网络。</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>{0} is no YOLO11 segmentation model.</source>
      <translation>{0} 不是 YOLO11 分割模型。</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>This is a {0} model, which is not supported.</source>
      <translation>这是{0}模型，不受支持。</translation>
    </message>
    <message>
      <extracomment>model/recognise.py</extracomment>
      <source>The model has {0} classes; {1} is the most.</source>
      <translation>模型有 {0} 个类别；最多 {1} 个。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>This project has no model {0}.</source>
      <translation>此项目没有模型 {0}。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>It has: {0}; or give a file.</source>
      <translation>现有：{0}；或指定文件。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>{0} cannot name a model.</source>
      <translation>{0} 不能作为模型名称。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Use letters, digits, dots, dashes and underscores, at most 64.</source>
      <translation>请使用字母、数字、点、连字符和下划线，最多 64 个字符。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>{0} cannot name a model: Windows keeps this name for a device.</source>
      <translation>{0} 不能用作模型名称：Windows 把这个名称保留给设备。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Choose another name.</source>
      <translation>请选择其他名称。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>No model was active before this one.</source>
      <translation>此前没有其他当前模型。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Promote one by name instead.</source>
      <translation>请改为按名称采用一个模型。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>The starter keeps its name.</source>
      <translation>起始模型的名称不能更改。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Rename a model of this project.</source>
      <translation>请重命名此项目的模型。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>The name {0} is taken by a model or by the program.</source>
      <translation>名称 {0} 已被某个模型或本程序占用。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>The starter belongs to the program and cannot be deleted; nothing was changed.</source>
      <translation>起始模型属于程序本身，不能删除；未作任何更改。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>The model {0} is in use.</source>
      <translation>模型 {0} 正在使用。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Promote another one first.</source>
      <translation>请先采用另一个模型。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>No deleted model is called {0}.</source>
      <translation>没有名为 {0} 的已删除模型。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>There are: {0}.</source>
      <translation>现有：{0}。</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>The active model cannot be used: {0}</source>
      <translation>当前模型无法使用：{0}</translation>
    </message>
    <message>
      <extracomment>model/registry.py</extracomment>
      <source>Bring its files back, or promote another model; the starter is always there.</source>
      <translation>请把它的文件放回原处，或采用另一个模型；起始模型始终可用。</translation>
    </message>
    <message>
      <extracomment>model/sandbox.py</extracomment>
      <source>dynseg does not use the network (asked for {0})</source>
      <translation>dynseg 不使用网络（请求了 {0}）</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>{0} does not fit the network that its card describes.</source>
      <translation>{0} 与模型卡描述的网络不符。</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>Copy both files of the model again.</source>
      <translation>请重新复制模型的两个文件。</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>all weights are zero</source>
      <translation>所有权重都是零</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>{0} is not the file that its card describes (its hash differs).</source>
      <translation>{0} 不是模型卡所描述的文件（校验值不同）。</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>Choose another model.</source>
      <translation>请选择其他模型。</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>{0} has values that are not finite numbers</source>
      <translation>{0} 含有不是有限数值的值</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>{0} is damaged or no model file ({1}).</source>
      <translation>{0} 已损坏或不是模型文件（{1}）。</translation>
    </message>
    <message>
      <extracomment>model/tensors.py</extracomment>
      <source>Copy it again, or choose another model; labels are as they were.</source>
      <translation>请重新复制，或选择其他模型；标注保持原样。</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>A part of the project is damaged: the backup was made and its name says so, older ones are kept. Run: dynseg check PROJECT</source>
      <translation>项目的一部分已损坏：备份已做好，名称中有注明，较早的备份都已保留。请运行：dynseg check PROJECT</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>before a restore</source>
      <translation>恢复之前</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Copying the labels (MB)</source>
      <translation>正在复制标注（MB）</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup is not sound and was not kept: {0}</source>
      <translation>备份不完好，没有保留：{0}</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Check the disk, then run: dynseg check PROJECT</source>
      <translation>请检查磁盘，然后运行：dynseg check PROJECT</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup could not be written ({0}); the project is unchanged.</source>
      <translation>备份无法写入（{0}）；项目没有改变。</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup is damaged, so nothing was changed: {0}</source>
      <translation>备份已损坏，因此没有做任何更改：{0}</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Choose an older backup.</source>
      <translation>请选择更早的备份。</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>The backup could not be put back ({0}); nothing was changed.</source>
      <translation>备份无法恢复（{0}）；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Free some space and try again.</source>
      <translation>请释放一些空间，然后重试。</translation>
    </message>
    <message>
      <extracomment>project/backups.py</extracomment>
      <source>Checking the copy</source>
      <translation>正在检查副本</translation>
    </message>
    <message>
      <extracomment>project/bench.py</extracomment>
      <source>Writing shapes</source>
      <translation>正在写入形状</translation>
    </message>
    <message>
      <extracomment>project/bench.py</extracomment>
      <source>Move vertex</source>
      <translation>移动顶点</translation>
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>id &gt; 'classes-' AND id &lt; 'classes.'</source>
      <translation>id &gt; 'classes-' AND id &lt; 'classes.'</translation>
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>Take back: {0}</source>
      <translation>撤回：{0}</translation>
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>The history has no such change of the classes; nothing was changed.</source>
      <translation>历史中没有这样的类别更改；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>a step was damaged</source>
      <translation>有一步已损坏</translation>
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>A change of the classes cannot be read, because the project's database is damaged there; nothing was changed.</source>
      <translation>有一次类别更改无法读取，因为项目数据库在该处损坏；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/class_changes.py</extracomment>
      <source>Labels are not affected. Run: dynseg check PROJECT, or restore a backup.</source>
      <translation>标注不受影响。请运行：dynseg check PROJECT，或恢复备份。</translation>
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>Two classes have the same number; nothing was changed.</source>
      <translation>有两个类别的编号相同；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>There are two classes with the name {0}; nothing was changed.</source>
      <translation>有两个名为 {0} 的类别；没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>Give each class a name of its own.</source>
      <translation>请让每个类别的名称各不相同。</translation>
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>The class {0} cannot be deleted: {1} shapes have it.</source>
      <translation>无法删除类别 {0}：有 {1} 个形状属于它。</translation>
    </message>
    <message>
      <extracomment>project/class_rows.py</extracomment>
      <source>Merge it into another class, or delete the shapes first.</source>
      <translation>请将其合并到另一个类别，或先删除这些形状。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project's database is damaged.</source>
      <translation>项目的数据库已损坏。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Restore the newest backup with: dynseg restore PROJECT newest</source>
      <translation>请恢复最新的备份：dynseg restore PROJECT newest</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project's database refused: {0}.</source>
      <translation>项目的数据库拒绝了操作：{0}。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Nothing was changed.</source>
      <translation>没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>SQLite {0} can damage a project, so nothing was opened.</source>
      <translation>SQLite {0} 可能损坏项目，因此没有打开任何内容。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Install apsw 3.51.3 or newer.</source>
      <translation>请安装 apsw 3.51.3 或更新版本。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The disk is full, so the last change is not saved; everything before it is.</source>
      <translation>磁盘已满，因此最后一次改动没有保存；之前的都已保存。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Free some space: the change is kept in memory and can be saved again.</source>
      <translation>请释放一些空间：改动保留在内存中，可以再次保存。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Another program kept the project busy, so the last change is not saved.</source>
      <translation>另一个程序占用了项目，因此最后一次改动没有保存。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Wait until the other work is done and try again.</source>
      <translation>请等其他工作完成后重试。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project cannot be written, so nothing was changed.</source>
      <translation>项目无法写入，因此没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Check who may write to the folder, or copy the project elsewhere.</source>
      <translation>请检查文件夹的写入权限，或把项目复制到别处。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The disk reported an error ({0}), so the last change is not saved.</source>
      <translation>磁盘报告错误（{0}），因此最后一次改动没有保存。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Check the disk and its connection: the change is kept in memory.</source>
      <translation>请检查磁盘及其连接：改动保留在内存中。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>The project's database cannot be opened.</source>
      <translation>项目的数据库无法打开。</translation>
    </message>
    <message>
      <extracomment>project/connection.py</extracomment>
      <source>Check that the folder can be read.</source>
      <translation>请检查文件夹是否可读。</translation>
    </message>
    <message>
      <extracomment>project/documents.py</extracomment>
      <source>{0} of its shapes</source>
      <translation>其中 {0} 个形状</translation>
    </message>
    <message>
      <extracomment>project/documents.py</extracomment>
      <source>at least one of its shapes</source>
      <translation>其中至少一个形状</translation>
    </message>
    <message>
      <extracomment>project/file_writing.py</extracomment>
      <source>{0} {1}, so its shapes were not scaled.</source>
      <translation>{0} {1}，因此其形状未缩放。</translation>
    </message>
    <message>
      <extracomment>project/file_writing.py</extracomment>
      <source>Replace the file, then open the image again.</source>
      <translation>请替换该文件，然后重新打开图像。</translation>
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>the file is missing</source>
      <translation>文件缺失</translation>
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>Reading image headers</source>
      <translation>正在读取图像信息</translation>
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>Comparing the images folder</source>
      <translation>正在比对图像文件夹</translation>
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>File names that are no text: {0}, the first is {1}. Nothing was changed.</source>
      <translation>有 {0} 个文件名不是文本，第一个是 {1}。未作任何更改。</translation>
    </message>
    <message>
      <extracomment>project/folder.py</extracomment>
      <source>Rename these files, then try again.</source>
      <translation>请重命名这些文件，然后重试。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Class {0} is damaged.</source>
      <translation>类别 {0} 已损坏。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Shapes belong to image {0}, which is not there.</source>
      <translation>有形状属于不存在的图像 {0}。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Kept proposals of image {0} are damaged; run the model again.</source>
      <translation>图像 {0} 保留的候选已损坏；请重新运行模型。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0} row {1} points to a row of {2} that is not there</source>
      <translation>{0} 的第 {1} 行指向 {2} 中不存在的一行</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>There is more; restore a backup.</source>
      <translation>还有更多问题；请恢复备份。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: {1} of {2} shapes are damaged.</source>
      <translation>{0}：{2} 个形状中有 {1} 个已损坏。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Step {0} of the history (image {1}) is damaged.</source>
      <translation>历史的第 {0} 步（图像 {1}）已损坏。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Database: a text is damaged.</source>
      <translation>数据库：有一段文本已损坏。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: what is known about the image is damaged.</source>
      <translation>{0}：图像的信息已损坏。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: {1} shapes instead of {2}.</source>
      <translation>{0}：有 {1} 个形状，应为 {2} 个。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>Step {0} of the history (image {1}) cannot be read.</source>
      <translation>历史的第 {0} 步（图像 {1}）无法读取。</translation>
    </message>
    <message>
      <extracomment>project/health.py</extracomment>
      <source>{0}: the counts of its classes are damaged.</source>
      <translation>{0}：其类别计数已损坏。</translation>
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>Bring back an earlier version</source>
      <translation>恢复早先的版本</translation>
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>a step of its history</source>
      <translation>其历史的一步</translation>
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>The history of the image has no version with this number.</source>
      <translation>图像的历史中没有这个编号的版本。</translation>
    </message>
    <message>
      <extracomment>project/history.py</extracomment>
      <source>Choose another version.</source>
      <translation>请选择其他版本。</translation>
    </message>
    <message>
      <extracomment>project/journal.py</extracomment>
      <source>The history has no step with number {0}.</source>
      <translation>历史中没有编号为 {0} 的步骤。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Close it there, or wait until it is done; read-only it can be looked at now.</source>
      <translation>请在那里关闭它，或等它结束；现在可以只读方式查看。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Get the right to write there, or copy it to a folder of yours; read-only it can be looked at.</source>
      <translation>请取得那里的写入权限，或复制到自己的文件夹；可以只读方式查看。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Close it there, or wait until it is done; read-only it can be looked at now. If {0} is off, delete {1}.</source>
      <translation>请在那里关闭它，或等它结束；现在可以只读方式查看。如果 {0} 已关机，请删除 {1}。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>{0} (process {1} on {2}) has the project open.</source>
      <translation>{0}（进程 {1}，位于 {2}）已打开此项目。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Free some space, or open it read-only.</source>
      <translation>请释放一些空间，或以只读方式打开。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>The folder of the project cannot be written ({0}).</source>
      <translation>项目的文件夹无法写入（{0}）。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Another program is opening the project at this moment.</source>
      <translation>另一个程序此刻正在打开此项目。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Try again.</source>
      <translation>请重试。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Another program has the project open.</source>
      <translation>另一个程序已打开此项目。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>The program that started this work no longer has the project open; nothing was written.</source>
      <translation>启动这项工作的程序已不再打开此项目；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>project/lock.py</extracomment>
      <source>Start the work again.</source>
      <translation>请重新开始这项工作。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>{0} is not a folder.</source>
      <translation>{0} 不是文件夹。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Choose the folder with the images.</source>
      <translation>请选择存放图像的文件夹。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>{0} has a project already.</source>
      <translation>{0} 中已有项目。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Open it instead.</source>
      <translation>请直接打开它。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>There is no project in {0}.</source>
      <translation>{0} 中没有项目。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Make one: open a folder of images, or run dynseg init.</source>
      <translation>请新建一个：打开图像文件夹，或运行 dynseg init。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>before format {0}</source>
      <translation>升级到格式 {0} 之前</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>The project does not say where its images are.</source>
      <translation>项目没有记录图像的位置。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Restore the newest backup.</source>
      <translation>请恢复最新的备份。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>{0} cannot be written ({1}), so no project was made.</source>
      <translation>{0} 无法写入（{1}），因此没有建立项目。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Choose another folder for the project: the images can stay where they are.</source>
      <translation>请为项目选择其他文件夹：图像可以留在原处。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>The project could not be made ({0}).</source>
      <translation>项目无法建立（{0}）。</translation>
    </message>
    <message>
      <extracomment>project/opening.py</extracomment>
      <source>Check the disk and who may write there, then try again.</source>
      <translation>请检查磁盘及其写入权限，然后重试。</translation>
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>min_score IS NULL, min_score, position</source>
      <translation>min_score IS NULL, min_score, position</translation>
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>instance_count DESC, position</source>
      <translation>instance_count DESC, position</translation>
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>rel LIKE ? ESCAPE '\'</source>
      <translation>rel LIKE ? ESCAPE '\'</translation>
    </message>
    <message>
      <extracomment>project/query.py</extracomment>
      <source>id IN ({0})</source>
      <translation>id IN ({0})</translation>
    </message>
    <message>
      <extracomment>project/relink.py</extracomment>
      <source>before images are linked again</source>
      <translation>重新关联图像之前</translation>
    </message>
    <message>
      <extracomment>project/relink.py</extracomment>
      <source>Comparing files</source>
      <translation>正在比较文件</translation>
    </message>
    <message>
      <extracomment>project/relink.py</extracomment>
      <source>{0} of the missing images lie in {1}, but {2} others are still in {3}; a project has one folder of images, so nothing was changed.</source>
      <translation>缺失的图像中有 {0} 张位于 {1}，但另有 {2} 张仍在 {3}；一个项目只有一个图像文件夹，因此没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/relink.py</extracomment>
      <source>Move the found files into {0}, then look for them there.</source>
      <translation>请把找到的文件移到 {0}，再到那里查找。</translation>
    </message>
    <message>
      <extracomment>project/relink.py</extracomment>
      <source>{0} has labels of its own by now, so nothing was changed.</source>
      <translation>{0} 现在已有自己的标注，因此没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/relink.py</extracomment>
      <source>Look for the moved images again.</source>
      <translation>请重新查找移动过的图像。</translation>
    </message>
    <message>
      <extracomment>project/rescue.py</extracomment>
      <source>{0} has a project already, so nothing was copied.</source>
      <translation>{0} 中已有项目，因此没有复制任何内容。</translation>
    </message>
    <message>
      <extracomment>project/rescue.py</extracomment>
      <source>Choose another folder, or make a new one.</source>
      <translation>请选择另一个文件夹，或新建一个。</translation>
    </message>
    <message>
      <extracomment>project/rescue.py</extracomment>
      <source>The copy could not be written to {0} ({1}).</source>
      <translation>无法将副本写入 {0}（{1}）。</translation>
    </message>
    <message>
      <extracomment>project/rescue.py</extracomment>
      <source>Choose another folder: everything is kept in memory while the window is open.</source>
      <translation>请选择另一个文件夹：窗口打开期间，所有内容都保留在内存中。</translation>
    </message>
    <message>
      <extracomment>project/resizing.py</extracomment>
      <source>before shapes are scaled</source>
      <translation>缩放形状之前</translation>
    </message>
    <message>
      <extracomment>project/resizing.py</extracomment>
      <source>now has {0} x {1} pixels, but its shapes were made on {2} x {3}</source>
      <translation>现在为 {0} x {1} 像素，但其形状是按 {2} x {3} 绘制的</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>{0} has been changed meanwhile; this change was not saved.</source>
      <translation>{0} 在此期间有其他改动；这次改动没有保存。</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Look at the image again and repeat the change.</source>
      <translation>请重新查看图像，再做一次改动。</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>{0}: the change does not start from what is saved, so nothing was written.</source>
      <translation>{0}：改动与已保存的内容不衔接，因此没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Open the image again and repeat the change.</source>
      <translation>请重新打开图像，再做一次改动。</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>what is known about the image</source>
      <translation>图像的信息</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>The project has no class with number {0}; nothing was written.</source>
      <translation>项目没有编号为 {0} 的类别；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Add the class first.</source>
      <translation>请先添加类别。</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Class {0} cannot be read, because the project's database is damaged there; nothing was changed.</source>
      <translation>类别 {0} 无法读取，因为项目数据库在该处损坏；没有改动任何内容。</translation>
    </message>
    <message>
      <extracomment>project/rows.py</extracomment>
      <source>Run: dynseg check PROJECT, or restore a backup.</source>
      <translation>请运行：dynseg check PROJECT，或恢复备份。</translation>
    </message>
    <message>
      <extracomment>project/runs.py</extracomment>
      <source>Follow shapes</source>
      <translation>跟随形状</translation>
    </message>
    <message>
      <extracomment>project/runs.py</extracomment>
      <source>Import labels</source>
      <translation>导入标注</translation>
    </message>
    <message>
      <extracomment>project/runs.py</extracomment>
      <source>Accept proposals</source>
      <translation>接受候选</translation>
    </message>
    <message>
      <extracomment>project/runs.py</extracomment>
      <source>Mark images</source>
      <translation>标记图像</translation>
    </message>
    <message>
      <extracomment>project/runs.py</extracomment>
      <source>The project knows no such run; nothing was written.</source>
      <translation>项目中没有这次运行；没有写入任何内容。</translation>
    </message>
    <message>
      <extracomment>project/store.py</extracomment>
      <source>before a change of classes</source>
      <translation>更改类别之前</translation>
    </message>
    <message>
      <extracomment>project/store.py</extracomment>
      <source>automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <extracomment>project/view.py</extracomment>
      <source>{0} lies outside the images folder and is not opened.</source>
      <translation>{0} 位于图像文件夹之外，没有打开。</translation>
    </message>
    <message>
      <extracomment>project/view.py</extracomment>
      <source>Only files inside the images folder belong to a project.</source>
      <translation>只有图像文件夹内的文件属于项目。</translation>
    </message>
    <message>
      <extracomment>project/view.py</extracomment>
      <source>the state of the image</source>
      <translation>图像的状态</translation>
    </message>
    <message>
      <extracomment>project/writing.py</extracomment>
      <source>The project is open read-only, so nothing was changed.</source>
      <translation>项目以只读方式打开，因此没有做任何更改。</translation>
    </message>
    <message>
      <extracomment>project/writing.py</extracomment>
      <source>Close it in the other program and open it again.</source>
      <translation>请在另一个程序中关闭它，然后重新打开。</translation>
    </message>
    <message>
      <extracomment>project/writing.py</extracomment>
      <source>{0} was moved or deleted while the project was open, so the last change is not saved.</source>
      <translation>{0} 在项目打开期间被移动或删除，因此最后一次更改没有保存。</translation>
    </message>
    <message>
      <extracomment>project/writing.py</extracomment>
      <source>Put the folder back where it was, from the bin for instance, and save again; or save a copy elsewhere.</source>
      <translation>请将文件夹放回原处（例如从回收站恢复）并再保存一次；或另存一份副本到别处。</translation>
    </message>
    <message>
      <extracomment>review/acceptance.py</extracomment>
      <source>Accepting proposals</source>
      <translation>正在接受候选</translation>
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>the model sees nothing like it there</source>
      <translation>模型在此处没有看到这样的目标</translation>
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>the model takes it for {0}</source>
      <translation>模型认为它是 {0}</translation>
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>the model outlines it otherwise, overlap {0}</source>
      <translation>模型的轮廓不同，重叠度 {0}</translation>
    </message>
    <message>
      <extracomment>review/disputes.py</extracomment>
      <source>no shape where the model sees {0}</source>
      <translation>模型在此看到 {0}，但没有形状</translation>
    </message>
    <message>
      <extracomment>review/many.py</extracomment>
      <source>before proposals are accepted</source>
      <translation>接受候选之前</translation>
    </message>
    <message>
      <extracomment>review/many.py</extracomment>
      <source>before images are marked</source>
      <translation>标记图像之前</translation>
    </message>
    <message>
      <extracomment>review/marking.py</extracomment>
      <source>Marking images</source>
      <translation>正在标记图像</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>the other model differs {0}</source>
      <translation>另一个模型的差异为 {0}</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>drawn by lot</source>
      <translation>随机抽取</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>in the order of names</source>
      <translation>按名称顺序</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>{0} unsure; the least certain shape has {1}</source>
      <translation>不确定度 {0}；最不确定的形状为 {1}</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>not compared with the others yet</source>
      <translation>尚未与其他图像比较</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>no second opinion yet</source>
      <translation>还没有第二个模型的意见</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>Comparing opinions</source>
      <translation>正在比较意见</translation>
    </message>
    <message>
      <extracomment>review/queue.py</extracomment>
      <source>no proposals that wait for a person</source>
      <translation>没有等待处理的候选</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>{0} and more</source>
      <translation>{0} 及以上</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>images by state</source>
      <translation>各状态的图像</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>images by split</source>
      <translation>各子集的图像</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>objects by origin</source>
      <translation>各来源的目标</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>objects by class</source>
      <translation>各类别的目标</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>images by class</source>
      <translation>各类别的图像</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>objects by size in pixels</source>
      <translation>目标按像素大小</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>objects by points</source>
      <translation>目标按点数</translation>
    </message>
    <message>
      <extracomment>review/statistics.py</extracomment>
      <source>images by objects</source>
      <translation>图像按目标数量</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>typical: {0} images look more like it than like any {1}</source>
      <translation>典型：{0} 张图像与它的相似程度超过任何{1}</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>the model doubts ({0}){1}</source>
      <translation>模型拿不准（{0}）{1}</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>Typical images come first, each unlike those before: the model's doubts are not worth following yet.</source>
      <translation>典型图像排在前面，每张都与之前的不同：模型的判断还不值得跟随。</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>shows what others before it show as well</source>
      <translation>其内容在前面的图像中也有</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>reviewed or earlier one</source>
      <translation>已审核或更早的图像</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>earlier one</source>
      <translation>更早的图像</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>; its least certain shape has {0}</source>
      <translation>；其最不确定的形状为 {0}</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>the model had not looked at it when the order was made</source>
      <translation>排序时模型还没有看过它</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>What the model doubts comes first: of its last {0} proposals {1} were right</source>
      <translation>模型拿不准的图像排在前面：它最近的 {0} 个候选中有 {1} 个正确</translation>
    </message>
    <message>
      <extracomment>review/suggestion.py</extracomment>
      <source>, and right ones had the higher score in {0} of pairs.</source>
      <translation>，在 {0} 的配对中正确的候选得分更高。</translation>
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>Drawing samples</source>
      <translation>正在绘制示例</translation>
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>{0} images cannot be made.</source>
      <translation>无法生成 {0} 张图像。</translation>
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>Ask for one or more.</source>
      <translation>请输入 1 或更大的数。</translation>
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>{0} holds other files.</source>
      <translation>{0} 中有其他文件。</translation>
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>Choose a new or an empty folder.</source>
      <translation>请选择新文件夹或空文件夹。</translation>
    </message>
    <message>
      <extracomment>sample/generate.py</extracomment>
      <source>{0}.jpg could not be encoded.</source>
      <translation>{0}.jpg 无法编码。</translation>
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>{0} names no classes.</source>
      <translation>{0} 没有列出类别。</translation>
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>Export it again.</source>
      <translation>请重新导出。</translation>
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>data.yaml asks for {0}, which is no folder beside it.</source>
      <translation>data.yaml 要求 {0}，但旁边没有这个文件夹。</translation>
    </message>
    <message>
      <extracomment>training/dataset.py</extracomment>
      <source>{0} is too large for a description of a data set.</source>
      <translation>{0} 太大，不可能是数据集的描述。</translation>
    </message>
    <message>
      <extracomment>training/devices.py</extracomment>
      <source>There is no device {0} on this computer.</source>
      <translation>这台电脑上没有设备 {0}。</translation>
    </message>
    <message>
      <extracomment>training/devices.py</extracomment>
      <source>{0} names a GPU twice.</source>
      <translation>{0} 把同一个 GPU 写了两次。</translation>
    </message>
    <message>
      <extracomment>training/devices.py</extracomment>
      <source>Use {0}, `auto` or `cpu`.</source>
      <translation>请使用 {0}、`auto` 或 `cpu`。</translation>
    </message>
    <message>
      <extracomment>training/devices.py</extracomment>
      <source>Use `auto` or `cpu`.</source>
      <translation>请使用 `auto` 或 `cpu`。</translation>
    </message>
    <message>
      <extracomment>training/edges.py</extracomment>
      <source>Outlines that need no correction, of {0} validation objects: {1} as drawn, {2} along edges.</source>
      <translation>验证图像的 {0} 个物体中，无需修正的轮廓：按模型所画 {1} 个，贴合边缘 {2} 个。</translation>
    </message>
    <message>
      <extracomment>training/edges.py</extracomment>
      <source>Only {0} validation objects told whether outlines are better along edges, where it takes {1}: this model does as the one that it began with.</source>
      <translation>只有 {0} 个验证物体能说明轮廓沿边缘是否更好，至少需要 {1} 个：此模型沿用起始模型的做法。</translation>
    </message>
    <message>
      <extracomment>training/edges.py</extracomment>
      <source>Labels lie {0} pixels outside of the edges, and so do outlines.</source>
      <translation>标注位于边缘外侧 {0} 像素处，轮廓也画在那里。</translation>
    </message>
    <message>
      <extracomment>training/edges.py</extracomment>
      <source>Labels lie {0} pixels inside of the edges, and so do outlines.</source>
      <translation>标注位于边缘内侧 {0} 像素处，轮廓也画在那里。</translation>
    </message>
    <message>
      <extracomment>training/evaluate.py</extracomment>
      <source>The data set has no validation images.</source>
      <translation>数据集没有验证图像。</translation>
    </message>
    <message>
      <extracomment>training/evaluate.py</extracomment>
      <source>train: .
val: .
names: [object]
</source>
      <translation>train: .
val: .
names: [object]
</translation>
    </message>
    <message>
      <extracomment>training/events.py</extracomment>
      <source>(a line of the run's log could not be read)</source>
      <translation>（训练日志中有一行无法读取）</translation>
    </message>
    <message>
      <extracomment>training/folded.py</extracomment>
      <source>The new model has become worse since it was measured, even on images that it has learned from (mAP50-95 {0} after {1}).</source>
      <translation>新模型在评估之后变差了，即使在它学习过的图像上也是如此（mAP50-95 由 {1} 变为 {0}）。</translation>
    </message>
    <message>
      <extracomment>training/folded.py</extracomment>
      <source>Trained on {0} images, {1} preset; measured on {2} of them before it learned from them.</source>
      <translation>用 {0} 张图像训练，预设 {1}；在其中 {2} 张上评估之后才学习它们。</translation>
    </message>
    <message>
      <extracomment>training/folded.py</extracomment>
      <source>Known already: {0}</source>
      <translation>已知：{0}</translation>
    </message>
    <message>
      <extracomment>training/half_way.py</extracomment>
      <source>What was learned is worse than what it began with (mAP50-95 {0}): the mean of both is kept.</source>
      <translation>学到的结果比训练所用的起始模型差（mAP50-95 {0}）：保留两者权重的平均值。</translation>
    </message>
    <message>
      <extracomment>training/heartbeat.py</extracomment>
      <source>Waiting for a sign of life of the run {0} on {1}, seconds</source>
      <translation>正在等待 {1} 上的运行 {0} 的存活信号，秒</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Wait for it, or stop it first.</source>
      <translation>请等待它结束，或先停止它。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The run {0} has finished.</source>
      <translation>训练任务 {0} 已结束。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Start a new one from its model instead.</source>
      <translation>请改为从它的模型开始新的训练任务。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The copies of the images of the run {0} were removed to make room.</source>
      <translation>运行 {0} 的图像副本已被删除以腾出空间。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Start a new run.</source>
      <translation>请开始新的训练任务。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Less than 1 GB is free on the project's disk; training was not started.</source>
      <translation>项目所在磁盘的空闲空间不足 1 GB；没有开始训练。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Free some space, or delete old runs: the folders in .dynseg/runs of the project.</source>
      <translation>请释放一些空间，或删除旧的训练任务：它们是项目的 .dynseg/runs 中的文件夹。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The run {0} is still going on on the computer {1}.</source>
      <translation>训练任务 {0} 仍在计算机 {1} 上进行。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The run {0} is still going on.</source>
      <translation>训练任务 {0} 仍在运行。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Not learned from, because the file is missing ({0}): {1}</source>
      <translation>因文件缺失而未用于学习（{0}）：{1}</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Not learned from: {0}</source>
      <translation>未用于学习：{0}</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>Nor are {0} more images and shapes.</source>
      <translation>另有 {0} 个图像和形状也未用于学习。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The run {0} is going on already, on the computer {1}.</source>
      <translation>训练任务 {0} 已在计算机 {1} 上进行。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The run {0} is going on already.</source>
      <translation>训练任务 {0} 已在运行。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>The training process could not be started ({0}).</source>
      <translation>训练进程无法启动（{0}）。</translation>
    </message>
    <message>
      <extracomment>training/launch.py</extracomment>
      <source>See process.log in the run's folder.</source>
      <translation>请查看训练任务文件夹中的 process.log。</translation>
    </message>
    <message>
      <extracomment>training/live/gate.py</extracomment>
      <source>The newest weights are not used: {0}.</source>
      <translation>没有使用最新的权重：{0}。</translation>
    </message>
    <message>
      <extracomment>training/live/gate.py</extracomment>
      <source>The newest weights are not used: quality {0} after {1} on the same images.</source>
      <translation>没有使用最新的权重：在同样的图像上，质量从 {1} 变为 {0}。</translation>
    </message>
    <message>
      <extracomment>training/live/learner.py</extracomment>
      <source>Live learning went astray: its loss is no longer a number.</source>
      <translation>实时学习出现异常：损失不再是数值。</translation>
    </message>
    <message>
      <extracomment>training/live/learner.py</extracomment>
      <source>It begins again from the active model.</source>
      <translation>它将从当前模型重新开始。</translation>
    </message>
    <message>
      <extracomment>training/live/main.py</extracomment>
      <source>Live learning failed ({0}: {1}).</source>
      <translation>实时学习失败（{0}：{1}）。</translation>
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>Memory is short: learning goes on with {0} pictures a step.</source>
      <translation>内存不足：改为每步 {0} 张图像继续学习。</translation>
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>Live, from {0} images and {1} steps.</source>
      <translation>实时，学自 {0} 张图像、{1} 步。</translation>
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>There is not enough memory to learn while you label.</source>
      <translation>内存不足，无法边标注边学习。</translation>
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>Close other programs, or switch live learning off.</source>
      <translation>请关闭其他程序，或关闭实时学习。</translation>
    </message>
    <message>
      <extracomment>training/live/process.py</extracomment>
      <source>The newest weights could not be written ({0}); those before go on proposing. Make room on the disk.</source>
      <translation>最新的权重无法写入（{0}）；候选仍由之前的权重提出。请腾出磁盘空间。</translation>
    </message>
    <message>
      <extracomment>training/memory.py</extracomment>
      <source>Memory is short: a step takes {0} images instead of {1}.</source>
      <translation>内存不足：每一步使用 {0} 张图像，而不是 {1} 张。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Trained on {0} images and measured on the same, {1} preset.</source>
      <translation>用 {0} 张图像训练，并在同样的图像上测量，预设 {1}。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Trained on {0} images, {1} preset.</source>
      <translation>用 {0} 张图像训练，预设 {1}。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>The copies of the images were changed.</source>
      <translation>图像的副本已被改动。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Objects are tiny: it also sees {0} parts of the images, {1} times larger.</source>
      <translation>目标非常小：训练还会使用图像的 {0} 个局部，放大 {1} 倍。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>The network sees images at {0} pixels.</source>
      <translation>网络以 {0} 像素处理图像。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>The resume point is damaged; training begins anew.</source>
      <translation>恢复点已损坏；训练将重新开始。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>Outlines along edges could not be tried ({0}).</source>
      <translation>无法检验贴合边缘的轮廓（{0}）。</translation>
    </message>
    <message>
      <extracomment>training/process.py</extracomment>
      <source>The changes could not be drawn ({0}).</source>
      <translation>无法绘制改动（{0}）。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>No validation image has a shape, so nobody knows how good the new model is.</source>
      <translation>没有一张验证图像含有形状，因此无法得知新模型有多好。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>The new model finds nothing on the validation images.</source>
      <translation>新模型在验证图像上什么也找不到。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>The new model is worse than the one it started from (mAP50-95 {0} after {1} on the same images).</source>
      <translation>新模型不如它的起点（在同样的图像上，mAP50-95 从 {1} 变为 {0}）。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>The run {0} has no finished model.</source>
      <translation>训练任务 {0} 没有完成的模型。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Wait for its end, or resume it.</source>
      <translation>请等它结束，或继续它。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>{0} is not the file that the run wrote and checked; the active model is unchanged.</source>
      <translation>{0} 不是训练任务写出并检查过的文件；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Train again.</source>
      <translation>请重新训练。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>{0} The active model is unchanged.</source>
      <translation>{0}当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Review more images and train again, or force it if you know better.</source>
      <translation>请审核更多图像后再训练；如有把握，也可以强制采用。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>{0} could not be checked; the active model is unchanged.</source>
      <translation>{0} 无法检查；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>training/promotion.py</extracomment>
      <source>Run `dynseg doctor`, then try again.</source>
      <translation>请运行 `dynseg doctor`，然后重试。</translation>
    </message>
    <message>
      <extracomment>training/ranks.py</extracomment>
      <source>Resume the run. process.log in its folder has the details.</source>
      <translation>请继续这次训练。其文件夹中的 process.log 有详细信息。</translation>
    </message>
    <message>
      <extracomment>training/ranks.py</extracomment>
      <source>The processes of the training lost each other ({0}); the active model is unchanged.</source>
      <translation>训练的各个进程之间失去了联系（{0}）；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>training/run.py</extracomment>
      <source>{0} is no training run that can be read.</source>
      <translation>{0} 不是可读取的训练任务。</translation>
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>Run `dynseg check` to see what is wrong with the others.</source>
      <translation>运行 `dynseg check` 查看其余图像有什么问题。</translation>
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>Reviewed images: {0}; training and comparing models need at least {1}.</source>
      <translation>已审核图像：{0} 张；训练和比较模型至少需要 {1} 张。</translation>
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>Review some images first: accept what is right and correct the rest.</source>
      <translation>请先审核一些图像：接受正确的，修正其余的。</translation>
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>The files of {0} are missing, {1} is the first: connect their drive, or look for them with File, Find moved images.</source>
      <translation>其中 {0} 张的文件缺失，例如 {1}：请连接其所在的驱动器，或用“文件”菜单中的“查找移动过的图像”来查找。</translation>
    </message>
    <message>
      <extracomment>training/snapshot.py</extracomment>
      <source>{0} images are reviewed; {1} of them can be read, with {2} shapes, which is too little to learn from.</source>
      <translation>已审核 {0} 张图像；其中 {1} 张可以读取，共有 {2} 个形状，不足以用于学习。</translation>
    </message>
    <message>
      <extracomment>training/team.py</extracomment>
      <source>A process that learned on another GPU has ended; the active model is unchanged.</source>
      <translation>在另一个 GPU 上学习的进程已结束；当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>training/trainer.py</extracomment>
      <source>The router of {0} sends every image to one expert.</source>
      <translation>{0} 的路由把所有图像都交给同一个专家。</translation>
    </message>
    <message>
      <extracomment>training/trainer.py</extracomment>
      <source>The training went astray: its loss is no longer a number. The active model is unchanged.</source>
      <translation>训练出现异常：损失不再是数值。当前模型没有改变。</translation>
    </message>
    <message>
      <extracomment>training/trainer.py</extracomment>
      <source>Start again, from another model where it happens again: the starter for instance.</source>
      <translation>请重新开始；如果再次发生，请从另一个模型开始，例如起始模型。</translation>
    </message>
    <message>
      <extracomment>worker/alike.py</extracomment>
      <source>Looking for more like these</source>
      <translation>正在查找更多类似目标</translation>
    </message>
    <message>
      <extracomment>worker/clicking.py</extracomment>
      <source>Looking at the image for clicks</source>
      <translation>正在查看图像以便点选</translation>
    </message>
    <message>
      <extracomment>worker/clicking.py</extracomment>
      <source>Loading MobileSAM</source>
      <translation>正在加载 MobileSAM</translation>
    </message>
    <message>
      <extracomment>worker/exchange.py</extracomment>
      <source>damaged database</source>
      <translation>数据库损坏</translation>
    </message>
    <message>
      <extracomment>worker/exchange.py</extracomment>
      <source>Reading the data set again</source>
      <translation>正在重新读取数据集</translation>
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>There is not enough memory to run the model; your labels are safe.</source>
      <translation>内存不足，无法运行模型；标注安全。</translation>
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>Close other programs, or use a smaller model or image size.</source>
      <translation>请关闭其他程序，或使用更小的模型或图像尺寸。</translation>
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>There is not enough memory for these files; labels are as they were.</source>
      <translation>内存不足以处理这些文件；标注没有改变。</translation>
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>Close other programs, or take fewer or smaller files at once.</source>
      <translation>请关闭其他程序，或一次处理更少或更小的文件。</translation>
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>The engine was asked something that it does not know.</source>
      <translation>推理引擎收到了不认识的请求。</translation>
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>The engine met a fault of its own ({0}: {1}).</source>
      <translation>推理引擎自身出错（{0}：{1}）。</translation>
    </message>
    <message>
      <extracomment>worker/jobs.py</extracomment>
      <source>Your labels are safe. Please report it with the log: {0}</source>
      <translation>标注安全。请附上日志报告此问题：{0}</translation>
    </message>
    <message>
      <extracomment>worker/log.py</extracomment>
      <source>%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s</source>
      <translation>%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s</translation>
    </message>
    <message>
      <extracomment>worker/protocol.py</extracomment>
      <source>The engine was asked something it does not know ({0}).</source>
      <translation>推理引擎收到了不认识的请求（{0}）。</translation>
    </message>
    <message>
      <extracomment>worker/protocol.py</extracomment>
      <source>The engine answered something unknown ({0}).</source>
      <translation>推理引擎返回了未知的内容（{0}）。</translation>
    </message>
    <message>
      <extracomment>worker/server.py</extracomment>
      <source>The engine was sent an endless line.</source>
      <translation>推理引擎收到了没有结尾的一行。</translation>
    </message>
    <message>
      <extracomment>worker/wire.py</extracomment>
      <source>A message holds a polygon that is none ({0}).</source>
      <translation>消息中有一个无效的多边形（{0}）。</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Find more like these</source>
      <translation>查找更多类似目标</translation>
    </message>
    <message>
      <extracomment>application/labels/alike.py</extracomment>
      <source>Confidence {0}</source>
      <translation>置信度 {0}</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>1 shape</source>
      <translation>1 个形状</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>{0} shapes</source>
      <translation>{0} 个形状</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Draw shape</source>
      <translation>绘制形状</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Change class to {0}</source>
      <translation>将类别改为 {0}</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Duplicate {0}</source>
      <translation>创建 {0} 的副本</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Delete {0}</source>
      <translation>删除 {0}</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Accept</source>
      <translation>接受</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Reject</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Accept image</source>
      <translation>接受图像</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Skip image</source>
      <translation>跳过图像</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Mark as not reviewed</source>
      <translation>标为未审核</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Move</source>
      <translation>移动</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Paste {0}</source>
      <translation>粘贴 {0}</translation>
    </message>
    <message>
      <extracomment>application/labels/editing.py</extracomment>
      <source>Accept {0}</source>
      <translation>接受 {0}</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>Find with the model</source>
      <translation>用模型查找</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>Refine with the model</source>
      <translation>用模型精修</translation>
    </message>
    <message>
      <extracomment>application/labels/finding.py</extracomment>
      <source>Refine by colour</source>
      <translation>按颜色精修</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>Follow {0} from the previous image</source>
      <translation>从上一张图像跟随 {0}</translation>
    </message>
    <message>
      <extracomment>application/labels/previous.py</extracomment>
      <source>Copy from the previous image {0}</source>
      <translation>从上一张图像复制 {0}</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Fit borders</source>
      <translation>贴合边界</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Join</source>
      <translation>合并</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Subtract</source>
      <translation>减去</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Keep what is shared</source>
      <translation>保留相交部分</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Separate parts</source>
      <translation>拆分各部分</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Fill holes</source>
      <translation>填充孔洞</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Move up</source>
      <translation>上移一层</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>Move down</source>
      <translation>下移一层</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>To the top</source>
      <translation>置于顶层</translation>
    </message>
    <message>
      <extracomment>application/labels/shaping.py</extracomment>
      <source>To the bottom</source>
      <translation>置于底层</translation>
    </message>
    <message>
      <extracomment>application/models/assist.py</extracomment>
      <source>Pre-label</source>
      <translation>预标注</translation>
    </message>
    <message>
      <extracomment>application/projects/backing.py</extracomment>
      <source>by hand</source>
      <translation>手动</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>Erase</source>
      <translation>擦除</translation>
    </message>
    <message>
      <extracomment>canvas/tools/brush.py</extracomment>
      <source>Paint</source>
      <translation>涂画</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Split shape</source>
      <translation>切割形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Split {0} shapes</source>
      <translation>切割 {0} 个形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/cutting.py</extracomment>
      <source>Cut hole</source>
      <translation>挖孔</translation>
    </message>
    <message>
      <extracomment>canvas/tools/drags.py</extracomment>
      <source>Insert vertex</source>
      <translation>插入顶点</translation>
    </message>
    <message>
      <extracomment>canvas/tools/drags.py</extracomment>
      <source>Move shape</source>
      <translation>移动形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/drags.py</extracomment>
      <source>Move {0} shapes</source>
      <translation>移动 {0} 个形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Delete shape</source>
      <translation>删除形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Delete {0} shapes</source>
      <translation>删除 {0} 个形状</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Nudge</source>
      <translation>微移</translation>
    </message>
    <message>
      <extracomment>canvas/tools/edit.py</extracomment>
      <source>Delete vertex</source>
      <translation>删除顶点</translation>
    </message>
    <message>
      <extracomment>canvas/tools/sweeps.py</extracomment>
      <source>Redraw outline</source>
      <translation>重画轮廓</translation>
    </message>
    <message>
      <extracomment>canvas/tools/sweeps.py</extracomment>
      <source>Delete {0} vertices</source>
      <translation>删除 {0} 个顶点</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Simplify outline</source>
      <translation>简化轮廓</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Smooth outline</source>
      <translation>平滑轮廓</translation>
    </message>
    <message>
      <extracomment>dialogs/outline_dialog.py</extracomment>
      <source>Densify outline</source>
      <translation>加密轮廓</translation>
    </message>
  </context>
  <context>
    <name>commands</name>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source># Commands

Everything but the window is also a command: `dynseg COMMAND`. `dynseg COMMAND --help` shows the
same in a terminal.

- `--json`, on every command, prints one JSON object as the last line; after a failure it has the
  keys `error` and `hint`.
- The exit status is 0 if all is well, 1 if something failed, 2 for a wrong call.
- Results go to standard output, errors (one line and a hint) and progress to standard error. Where
  that is no terminal, progress is one line a minute.
</source>
      <translation># 命令

除窗口本身以外，一切功能也都是命令：`dynseg COMMAND`。`dynseg COMMAND --help` 在终端中显示同样的内容。命令行使用英文，因此各参数的说明也是英文。

- 每个命令都可加 `--json`，在最后一行输出一个 JSON 对象；失败时其中有 `error` 和 `hint` 两个键。
- 退出状态：0 表示一切正常，1 表示有失败，2 表示用法错误。
- 结果写到标准输出；错误信息（一行，并附一条提示）和进度写到标准错误。不是终端时，进度每分钟一行。
</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>argument</source>
      <translation>参数</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>meaning</source>
      <translation>说明</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Make a project of a folder of images.</source>
      <translation>用图像文件夹建立项目。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Take frames of a video, or pages of a TIFF, as images.</source>
      <translation>把视频的帧或 TIFF 的页作为图像取出。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Let a model propose polygons.</source>
      <translation>让模型提出多边形候选。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Bring the shapes of an image into the images after it, where their objects go.</source>
      <translation>把一张图像的形状带入其后的图像，放到目标所到之处。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Take in labels of another program.</source>
      <translation>导入其他程序的标注。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Write a data set.</source>
      <translation>写出数据集。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Fine-tune a model on the reviewed images.</source>
      <translation>用已审核的图像微调模型。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>List, compare, import and promote models.</source>
      <translation>列出、对比、导入和采用模型。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>All models, the starter first.</source>
      <translation>列出全部模型，起始模型排在最前。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Everything that is known about a model.</source>
      <translation>显示一个模型的全部已知信息。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Take a model file or an Ultralytics .pt into the project.</source>
      <translation>把模型文件或 Ultralytics 的 .pt 导入项目。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Make a model the active one, after checks.</source>
      <translation>检查之后，把一个模型设为当前模型。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Make the model active that was so before.</source>
      <translation>把之前的当前模型重新设为当前模型。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Give a model another name.</source>
      <translation>给模型改名。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Put a model away; it can be restored.</source>
      <translation>删除模型；可以恢复。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Bring a deleted model back.</source>
      <translation>恢复已删除的模型。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Measure two models on the validation images.</source>
      <translation>在验证图像上比较两个模型。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Write a model for another program, and compare the two.</source>
      <translation>为其他程序写出模型，并核对两者的结果。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Find images that were moved or renamed; their labels follow.</source>
      <translation>查找被移动或重命名的图像；标注会随之更新。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Bring shapes to image files that were replaced by ones of another size.</source>
      <translation>让形状适应被替换为其他尺寸的图像文件。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Look for broken, doubled and tiny shapes and for damaged images.</source>
      <translation>查找损坏、重复和过小的形状，以及损坏的图像。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>List the images to look at next, and why.</source>
      <translation>列出接下来应查看的图像及其理由。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Say which images train, validate and test, and give some their place.</source>
      <translation>说明哪些图像用于训练、验证和测试，并为一些图像指定用途。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Count images, instances and classes.</source>
      <translation>统计图像、实例和类别。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Make a verified copy of the labels, or list the copies.</source>
      <translation>为标注做一份经过校验的副本，或列出已有的副本。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Put a backup in the place of the labels.</source>
      <translation>用备份替换现有标注。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>List what was done to an image, and bring a version back.</source>
      <translation>列出对一张图像做过的操作，并恢复某个版本。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Measure how fast this machine is, beside other programs and its own limit.</source>
      <translation>测量本机的速度，并与其他程序及其自身极限比较。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Make a folder of labelled sample images.</source>
      <translation>生成一个带标注的示例图像文件夹。</translation>
    </message>
    <message>
      <extracomment>cli/page.py</extracomment>
      <source>Say what works on this machine and how to mend what does not.</source>
      <translation>说明本机哪些功能可用，以及如何修复不可用的功能。</translation>
    </message>
  </context>
  <context>
    <name>QShortcut</name>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Return</source>
      <translation>Enter</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Backspace</source>
      <translation>Backspace</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Space</source>
      <translation>Space</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Left</source>
      <translation>Left</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Right</source>
      <translation>Right</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Up</source>
      <translation>Up</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Down</source>
      <translation>Down</translation>
    </message>
    <message>
      <extracomment>language/catalogue.py</extracomment>
      <source>Menu</source>
      <translation>Menu</translation>
    </message>
  </context>
</TS>
