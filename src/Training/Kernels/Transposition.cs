using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>Copies a matrix to its transpose, in squares of 8 × 8 floats or 4 × 4 doubles that fit the registers.</summary>
public static unsafe class Transposition
{
    /// <summary>Writes the transpose of <paramref name="source"/>.</summary>
    /// <param name="destination">As many rows as the source has columns, and the reverse. Must not overlap the source.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Copy<T>(ReadOnlyMatrixView<T> source, MatrixView<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source.ColumnStride != 1 || source.Rows != destination.Columns || source.Columns != destination.Rows)
        {
            throw new ArgumentException(
                $"The transpose of a row-major {source.Rows} × {source.Columns} matrix does not fit {destination.Rows} × {destination.Columns}.",
                nameof(destination));
        }

        fixed (T* from = source.Values, to = destination.Values)
        {
            Run(InstructionSets.Best, from, source.RowStride, source.Rows, source.Columns, to, destination.Stride);
        }
    }

    /// <summary><c>destination[j * destinationStride + i] = source[i * sourceStride + j]</c> for i below the rows and j below the columns.</summary>
    internal static void Run<T>(InstructionSet set, T* source, nint sourceStride, int rows, int columns, T* destination, nint destinationStride)
        where T : unmanaged
    {
        if (set == InstructionSet.Portable)
        {
            Run<Portable<T>, Vector<T>, T>(source, sourceStride, rows, columns, destination, destinationStride);
        }
        else
        {
            Run<Avx2<T>, Vector256<T>, T>(source, sourceStride, rows, columns, destination, destinationStride);
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TSimd, TVector, T>(T* source, nint sourceStride, int rows, int columns, T* destination, nint destinationStride)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var square = Square<TSimd, T>();
        var wholeRows = rows - (rows % square);
        var wholeColumns = columns - (columns % square);

        // The inner loop goes along the shorter side: the half-filled cache lines of the other matrix then stay in the first-level cache.
        if (columns >= rows)
        {
            for (var j = 0; j < wholeColumns; j += square)
            {
                for (var i = 0; i < wholeRows; i += square)
                {
                    Square(source + (i * sourceStride) + j, sourceStride, destination + (j * destinationStride) + i, destinationStride, square);
                }
            }
        }
        else
        {
            for (var i = 0; i < wholeRows; i += square)
            {
                for (var j = 0; j < wholeColumns; j += square)
                {
                    Square(source + (i * sourceStride) + j, sourceStride, destination + (j * destinationStride) + i, destinationStride, square);
                }
            }
        }

        Elements(source + wholeColumns, sourceStride, wholeRows, columns - wholeColumns, destination + (wholeColumns * destinationStride), destinationStride);
        Elements(source + (wholeRows * sourceStride), sourceStride, rows - wholeRows, columns, destination + wholeRows, destinationStride);
    }

    /// <summary>Side of the squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Square<TSimd, T>()
        where T : unmanaged => typeof(TSimd) == typeof(Portable<T>) ? 1 : 32 / sizeof(T);

    /// <summary>Transposes a square of the given side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Square<T>(T* source, nint stride, T* destination, nint to, int square)
        where T : unmanaged
    {
        if (square == 1)
        {
            *destination = *source;
        }
        else if (typeof(T) == typeof(float))
        {
            Square((float*)source, stride, (float*)destination, to);
        }
        else
        {
            Square((double*)source, stride, (double*)destination, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Elements<T>(T* source, nint sourceStride, int rows, int columns, T* destination, nint destinationStride)
        where T : unmanaged
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                destination[(j * destinationStride) + i] = source[(i * sourceStride) + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(float* source, nint stride, float* destination, nint to)
    {
        var (a0, a1, a2, a3) = Quarter(source, source + (4 * stride), stride);
        var (b0, b1, b2, b3) = Quarter(source + 4, source + 4 + (4 * stride), stride);
        a0.Store(destination);
        a1.Store(destination + to);
        a2.Store(destination + (2 * to));
        a3.Store(destination + (3 * to));
        destination += 4 * to;
        b0.Store(destination);
        b1.Store(destination + to);
        b2.Store(destination + (2 * to));
        b3.Store(destination + (3 * to));
    }

    /// <summary>Four columns of eight rows: rows 0 to 3 in the lower halves, 4 to 7 in the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Column0, Vector256<float> Column1, Vector256<float> Column2, Vector256<float> Column3) Quarter(
        float* lower, float* upper, nint stride)
    {
        var r0 = Vector256.Create(Vector128.Load(lower), Vector128.Load(upper));
        var r1 = Vector256.Create(Vector128.Load(lower + stride), Vector128.Load(upper + stride));
        var r2 = Vector256.Create(Vector128.Load(lower + (2 * stride)), Vector128.Load(upper + (2 * stride)));
        var r3 = Vector256.Create(Vector128.Load(lower + (3 * stride)), Vector128.Load(upper + (3 * stride)));
        var even01 = Avx.UnpackLow(r0, r1);
        var odd01 = Avx.UnpackHigh(r0, r1);
        var even23 = Avx.UnpackLow(r2, r3);
        var odd23 = Avx.UnpackHigh(r2, r3);
        return (
            Avx.Shuffle(even01, even23, 0x44), Avx.Shuffle(even01, even23, 0xEE),
            Avx.Shuffle(odd01, odd23, 0x44), Avx.Shuffle(odd01, odd23, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(double* source, nint stride, double* destination, nint to)
    {
        var r0 = Vector256.Create(Vector128.Load(source), Vector128.Load(source + (2 * stride)));
        var r1 = Vector256.Create(Vector128.Load(source + stride), Vector128.Load(source + (3 * stride)));
        var s0 = Vector256.Create(Vector128.Load(source + 2), Vector128.Load(source + 2 + (2 * stride)));
        var s1 = Vector256.Create(Vector128.Load(source + 2 + stride), Vector128.Load(source + 2 + (3 * stride)));
        Avx.UnpackLow(r0, r1).Store(destination);
        Avx.UnpackHigh(r0, r1).Store(destination + to);
        Avx.UnpackLow(s0, s1).Store(destination + (2 * to));
        Avx.UnpackHigh(s0, s1).Store(destination + (3 * to));
    }
}
