using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Images;

/// <summary>
/// Reads a Python pickle of protocol 2 that holds dictionaries, lists, numbers, strings and arrays of bytes, as CIFAR's files do. A pickle is a
/// program; this machine has only the instructions those files use, and calls nothing: every other instruction, and every name but
/// three of NumPy's, is refused. Strings stay slices of the content, and the number of values is limited, so memory is bounded by the file.
/// </summary>
/// <remarks>
/// Values are <see cref="int"/>, <see cref="bool"/>, <see cref="None"/>, <see cref="ReadOnlyMemory{T}"/> of bytes for strings, <see cref="List{T}"/>,
/// <see cref="Dictionary{TKey, TValue}"/> with Latin-1 keys, <see cref="PickleTuple"/> and <see cref="PickleArray"/>.
/// </remarks>
internal sealed class PickleReader
{
    /// <summary>CIFAR-100's training part has some 250,000 values.</summary>
    private const int MostValues = 2_000_000;

    private const byte Protocol = 2;
    private static readonly object Mark = new();
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(0, 256).Cast<object>()];

    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _content;
    private readonly List<object> _stack = [];
    private readonly Dictionary<uint, object> _memo = [];
    private int _position;
    private int _instruction;
    private int _values;

    private PickleReader(string path, ReadOnlyMemory<byte> content)
    {
        _path = path;
        _content = content;
    }

    /// <summary>Python's None.</summary>
    public static object None { get; } = new();

    /// <summary>The value that the pickle describes.</summary>
    /// <param name="path">For the messages.</param>
    /// <exception cref="InvalidInputException">The content is not such a pickle.</exception>
    public static object Read(string path, ReadOnlyMemory<byte> content) => new PickleReader(path, content).Run();

    private object Run()
    {
        while (true)
        {
            _instruction = _position;
            var code = Byte();
            if (_instruction == 0 && code != 0x80)
            {
                throw Refuse("it does not begin as a Python pickle of protocol 2 does");
            }

            if (code == '.')
            {
                var result = Pop();
                return _stack.Count == 0 ? result : throw Refuse("values are left over at the end");
            }

            Execute(code);
        }
    }

    private void Execute(byte code)
    {
        switch ((char)code)
        {
            case '\x80' when _instruction == 0 && Byte() == Protocol: break;
            case '}': Push(new Dictionary<string, object>(StringComparer.Ordinal)); break;
            case ']': Push(new List<object>()); break;
            case '(': Push(Mark); break;
            case ')': Push(new PickleTuple([])); break;
            case 'N': Push(None); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'K': Push(SmallNumbers[Byte()]); break;
            case 'M': Push((int)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2).Span)); break;
            case 'J': Push(BinaryPrimitives.ReadInt32LittleEndian(Bytes(4).Span)); break;
            case 'U': Push(Bytes(Byte())); break;
            case 'T': Push(Bytes(BinaryPrimitives.ReadInt32LittleEndian(Bytes(4).Span))); break;
            case 'q': Memorise(Byte()); break;
            case 'r': Memorise(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4).Span)); break;
            case 'h': Push(Recall(Byte())); break;
            case 'j': Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4).Span))); break;
            case 'a': Append([Pop()]); break;
            case 'e': Append(PopToMark()); break;
            case 's': SetItems([Pop(), Pop()], reversed: true); break;
            case 'u': SetItems(PopToMark(), reversed: false); break;
            case '\x85': Push(new PickleTuple([Pop()])); break;
            case '\x86': PushTuple(2); break;
            case '\x87': PushTuple(3); break;
            case 't': Push(new PickleTuple(PopToMark())); break;
            case 'c': Push(Name()); break;
            case 'R': Reduce(); break;
            case 'b': Build(); break;
            default: throw Refuse(string.Create(CultureInfo.InvariantCulture, $"the pickle instruction 0x{code:x2} is not one that these files use"));
        }
    }

    private void Reduce()
    {
        var (arguments, function) = (Pop() as PickleTuple, Pop());
        Push(function switch
        {
            PickleName.Reconstruct when arguments is { Items: [PickleName.Array, PickleTuple, _] } => new PickleArray(),
            PickleName.ElementType when arguments is { Items: [ReadOnlyMemory<byte> code, ..] } && code.Span.SequenceEqual("u1"u8) => PickleElement.Byte,
            _ => throw Refuse("something other than an array of bytes would be made here"),
        });
    }

    /// <summary>Gives an array its shape and bytes; the state of an element type adds nothing to "bytes".</summary>
    private void Build()
    {
        var (state, target) = (Pop() as PickleTuple, _stack.Count > 0 ? _stack[^1] : null);
        if (target is PickleElement && state is not null)
        {
            return;
        }

        if (target is not PickleArray array
            || state is not { Items: [int, PickleTuple { Items: [int rows, int columns] }, PickleElement, false, ReadOnlyMemory<byte> bytes] }
            || rows < 0 || columns < 0 || (long)rows * columns != bytes.Length)
        {
            throw Refuse("an array must be given two dimensions and as many bytes");
        }

        (array.Rows, array.Columns, array.Bytes) = (rows, columns, bytes);
    }

    private object Name()
    {
        var module = Line();
        return (module, Line()) switch
        {
            ("numpy.core.multiarray", "_reconstruct") => PickleName.Reconstruct,
            ("numpy", "ndarray") => PickleName.Array,
            ("numpy", "dtype") => PickleName.ElementType,
            _ => throw Refuse("it names a Python object other than NumPy's array: reading it as Python would, could run anything"),
        };
    }

    private void Append(object[] items)
    {
        var list = Peek() as List<object> ?? throw Refuse("there is no list to append to");
        list.AddRange(items);
    }

    private void SetItems(object[] items, bool reversed)
    {
        var dictionary = Peek() as Dictionary<string, object> ?? throw Refuse("there is no dictionary to fill");
        for (var i = 0; i < items.Length; i += 2)
        {
            if (i + 1 == items.Length || items[reversed ? i + 1 : i] is not ReadOnlyMemory<byte> { Length: <= 100 } key)
            {
                throw Refuse("a dictionary's key must be a short string, and have a value");
            }

            dictionary[Encoding.Latin1.GetString(key.Span)] = items[reversed ? i : i + 1];
        }
    }

    private void PushTuple(int length)
    {
        var items = new object[length];
        for (var i = length - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        Push(new PickleTuple(items));
    }

    private void Push(object value)
    {
        if (++_values > MostValues)
        {
            throw Refuse($"there are more than {MostValues} values");
        }

        _stack.Add(value);
    }

    private object Peek() => _stack.Count > 0 ? _stack[^1] : throw Refuse("the stack is empty");

    private object Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return !ReferenceEquals(value, Mark) ? value : throw Refuse("a value must stand where a mark is");
    }

    private object[] PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw Refuse("there is no mark");
        }

        object[] items = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void Memorise(uint key)
    {
        var value = Peek();
        _memo[key] = !ReferenceEquals(value, Mark) ? value : throw Refuse("a mark cannot be kept");
        if (_memo.Count > MostValues)
        {
            throw Refuse($"more than {MostValues} values are kept");
        }
    }

    private object Recall(uint key) => _memo.TryGetValue(key, out var value) ? value : throw Refuse($"value {key} was never kept");

    private byte Byte() => Bytes(1).Span[0];

    private ReadOnlyMemory<byte> Bytes(int count)
    {
        if (count < 0 || count > _content.Length - _position)
        {
            throw Refuse($"{count} bytes must follow, but the file has {_content.Length - _position} more");
        }

        _position += count;
        return _content.Slice(_position - count, count);
    }

    private string Line()
    {
        var rest = _content.Span[_position..];
        var length = rest[..Math.Min(rest.Length, 100)].IndexOf((byte)'\n');
        return length >= 0 ? Encoding.Latin1.GetString(Bytes(length + 1).Span[..length]) : throw Refuse("a name does not end");
    }

    private InvalidInputException Refuse(string what) => FileFault.At(_path, _instruction, what);
}
